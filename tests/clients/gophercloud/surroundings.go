package main

import (
	"fmt"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack/blockstorage/v3/volumes"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/volumeattach"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/extensions/layer3/floatingips"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/extensions/layer3/routers"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/extensions/security/groups"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/extensions/security/rules"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/networks"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/ports"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/subnets"
)

// surround makes what a server has around it: a network with a router to the outside, a port with rules, a floating
// address and a volume; and takes it away again.
func surround(compute, networking, storage *gophercloud.ServiceClient, name, imageID, flavorID, publicID string) {
	network, err := networks.Create(networking, networks.CreateOpts{Name: name}).Extract()
	must(err)
	subnet, err := subnets.Create(networking, subnets.CreateOpts{
		Name: name, NetworkID: network.ID, CIDR: "192.168.70.0/24", IPVersion: 4,
		DNSNameservers: []string{"192.0.2.53"},
	}).Extract()
	must(err)
	router, err := routers.Create(networking, routers.CreateOpts{
		Name: name, GatewayInfo: &routers.GatewayInfo{NetworkID: publicID},
	}).Extract()
	must(err)
	_, err = routers.AddInterface(networking, router.ID, routers.AddInterfaceOpts{SubnetID: subnet.ID}).Extract()
	must(err)
	group, err := groups.Create(networking, groups.CreateOpts{Name: name}).Extract()
	must(err)
	_, err = rules.Create(networking, rules.CreateOpts{
		SecGroupID: group.ID, Direction: rules.DirIngress, EtherType: rules.EtherType4,
		Protocol: rules.ProtocolTCP, PortRangeMin: 22, PortRangeMax: 22,
	}).Extract()
	must(err)
	port, err := ports.Create(networking, ports.CreateOpts{
		Name: name, NetworkID: network.ID, SecurityGroups: &[]string{group.ID},
		FixedIPs: []ports.IP{{SubnetID: subnet.ID, IPAddress: "192.168.70.20"}},
	}).Extract()
	must(err)

	server, err := servers.Create(compute, servers.CreateOpts{
		Name: name, ImageRef: imageID, FlavorRef: flavorID, Networks: []servers.Network{{Port: port.ID}},
	}).Extract()
	must(err)
	must(servers.WaitForStatus(compute, server.ID, "ACTIVE", seconds))
	floating, err := floatingips.Create(networking, floatingips.CreateOpts{
		FloatingNetworkID: publicID, PortID: port.ID,
	}).Extract()
	must(err)
	server, err = servers.Get(compute, server.ID).Extract()
	must(err)
	fmt.Println("addresses", len(server.Addresses[name].([]interface{})), floating.FixedIP)

	volume, err := volumes.Create(storage, volumes.CreateOpts{Name: name, Size: 1}).Extract()
	must(err)
	must(volumes.WaitForStatus(storage, volume.ID, "available", seconds))
	_, err = volumeattach.Create(compute, server.ID, volumeattach.CreateOpts{VolumeID: volume.ID}).Extract()
	must(err)
	must(volumes.WaitForStatus(storage, volume.ID, "in-use", seconds))
	volume, err = volumes.Get(storage, volume.ID).Extract()
	must(err)
	fmt.Println("attached", volume.Attachments[0].ServerID == server.ID)
	must(volumeattach.Delete(compute, server.ID, volume.ID).ExtractErr())
	must(volumes.WaitForStatus(storage, volume.ID, "available", seconds))
	must(volumes.Delete(storage, volume.ID, nil).ExtractErr())

	must(floatingips.Delete(networking, floating.ID).ExtractErr())
	must(servers.Delete(compute, server.ID).ExtractErr())
	waitUntilGone(compute, server.ID)
	must(ports.Delete(networking, port.ID).ExtractErr())
	must(groups.Delete(networking, group.ID).ExtractErr())
	_, err = routers.RemoveInterface(networking, router.ID, routers.RemoveInterfaceOpts{SubnetID: subnet.ID}).Extract()
	must(err)
	must(routers.Delete(networking, router.ID).ExtractErr())
	must(networks.Delete(networking, network.ID).ExtractErr())
	fmt.Println("gone")
}
