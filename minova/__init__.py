"""minova: the compute API of OpenStack Liberty, made small."""
