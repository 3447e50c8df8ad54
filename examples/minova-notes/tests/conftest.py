import pytest


@pytest.fixture(scope='session')
def minova_options():
    return {'compute_api_class': 'notes'}
