from minova.policies import base

_ADMIN_OR_OWNER = base.ADMIN_OR_OWNER

GET_IMAGES = 'image:get_images'
GET_IMAGE = 'image:get_image'
ADD_IMAGE = 'image:add_image'
MODIFY_IMAGE = 'image:modify_image'
DELETE_IMAGE = 'image:delete_image'
PUBLICIZE_IMAGE = 'image:publicize_image'
COMMUNITIZE_IMAGE = 'image:communitize_image'
UPLOAD_IMAGE = 'image:upload_image'
DOWNLOAD_IMAGE = 'image:download_image'
DEACTIVATE = 'image:deactivate'
REACTIVATE = 'image:reactivate'
GET_MEMBERS = 'image:get_members'
ADD_MEMBER = 'image:add_member'
MODIFY_MEMBER = 'image:modify_member'
DELETE_MEMBER = 'image:delete_member'


def list_rules():
    return [
        base.rule(GET_IMAGES, base.ANYONE, 'List images.', 'GET /v2/images'),
        base.rule(GET_IMAGE, base.ANYONE, 'See an image that is in sight.', 'GET /v2/images/{image_id}',
                  'GET /v2/images/{image_id}/tasks'),
        base.rule(ADD_IMAGE, base.ANYONE, 'Make an image.', 'POST /v2/images'),
        base.rule(MODIFY_IMAGE, _ADMIN_OR_OWNER, 'Change an image, or its tags.',
                  'PATCH /v2/images/{image_id}', 'PUT /v2/images/{image_id}/tags/{tag}',
                  'DELETE /v2/images/{image_id}/tags/{tag}'),
        base.rule(DELETE_IMAGE, _ADMIN_OR_OWNER, 'Delete an image.', 'DELETE /v2/images/{image_id}'),
        base.rule(PUBLICIZE_IMAGE, base.ADMIN, 'Make an image public.',
                  'POST /v2/images', 'PATCH /v2/images/{image_id}'),
        base.rule(COMMUNITIZE_IMAGE, _ADMIN_OR_OWNER, 'Make an image one of the community.',
                  'POST /v2/images', 'PATCH /v2/images/{image_id}'),
        base.rule(UPLOAD_IMAGE, _ADMIN_OR_OWNER, 'Give an image its content.',
                  'PUT /v2/images/{image_id}/file', 'PUT /v2/images/{image_id}/stage',
                  'POST /v2/images/{image_id}/import'),
        base.rule(DOWNLOAD_IMAGE, base.ANYONE, 'Get the content of an image that is in sight.',
                  'GET /v2/images/{image_id}/file'),
        base.rule(DEACTIVATE, _ADMIN_OR_OWNER, 'Withhold the content of an image.',
                  'POST /v2/images/{image_id}/actions/deactivate'),
        base.rule(REACTIVATE, _ADMIN_OR_OWNER, 'End that.',
                  'POST /v2/images/{image_id}/actions/reactivate'),
        base.rule(GET_MEMBERS, base.ANYONE,
                  'See whom an image is shared with: owners all of them, others themselves.',
                  'GET /v2/images/{image_id}/members', 'GET /v2/images/{image_id}/members/{member_id}'),
        base.rule(ADD_MEMBER, _ADMIN_OR_OWNER, 'Share an image.', 'POST /v2/images/{image_id}/members'),
        base.rule(MODIFY_MEMBER, base.ANYONE, 'Accept or reject an image that is shared with oneself.',
                  'PUT /v2/images/{image_id}/members/{member_id}'),
        base.rule(DELETE_MEMBER, _ADMIN_OR_OWNER, 'Stop sharing an image with a project.',
                  'DELETE /v2/images/{image_id}/members/{member_id}'),
    ]
