// What a program does that keeps servers by gophercloud: it logs in as the environment says, makes servers, waits
// for them, lists them page by page, resizes one and deletes them all; then one with a network of its own, a floating
// address and a volume (surroundings.go). Each step prints one line.
//
//	program NAME IMAGE FLAVOR OTHER_FLAVOR NETWORK EXTERNAL_NETWORK
package main

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/keypairs"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/flavors"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/images"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/networks"
	"github.com/gophercloud/gophercloud/pagination"
)

const seconds = 30 // that anything may take

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	log.SetFlags(log.Lshortfile)
	name, image, flavor, other := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	network, public := os.Args[5], os.Args[6]

	options, err := openstack.AuthOptionsFromEnv()
	must(err)
	provider, err := openstack.AuthenticatedClient(options)
	must(err)
	region := gophercloud.EndpointOpts{Region: os.Getenv("OS_REGION_NAME")}
	compute, err := openstack.NewComputeV2(provider, region)
	must(err)
	compute.Microversion = "2.12"
	imageService, err := openstack.NewImageServiceV2(provider, region)
	must(err)
	networking, err := openstack.NewNetworkV2(provider, region)
	must(err)
	storage, err := openstack.NewBlockStorageV3(provider, region)
	must(err)
	fmt.Println("logged in")

	imageID, networkID := findImage(imageService, image), findNetwork(networking, network)
	flavorID, otherID := findFlavor(compute, flavor), findFlavor(compute, other)

	key, err := keypairs.Create(compute, keypairs.CreateOpts{Name: name}).Extract()
	must(err)
	if !strings.Contains(key.PrivateKey, "PRIVATE KEY") {
		log.Fatal("a key without a private one")
	}

	var ids []string
	for number := 1; number <= 5; number++ {
		server, err := servers.Create(compute, keypairs.CreateOptsExt{
			CreateOptsBuilder: servers.CreateOpts{
				Name:      fmt.Sprintf("%s-%d", name, number),
				ImageRef:  imageID,
				FlavorRef: flavorID,
				Networks:  []servers.Network{{UUID: networkID}},
				Metadata:  map[string]string{"number": fmt.Sprint(number)},
			},
			KeyName: name,
		}).Extract()
		must(err)
		ids = append(ids, server.ID)
	}
	for _, id := range ids {
		must(servers.WaitForStatus(compute, id, "ACTIVE", seconds))
	}
	fmt.Println("created", len(ids))

	pages := 0
	var names []string
	pager := servers.List(compute, servers.ListOpts{Name: "^" + name + "-", Limit: 2})
	must(pager.EachPage(func(page pagination.Page) (bool, error) {
		found, err := servers.ExtractServers(page)
		pages++
		for _, server := range found {
			names = append(names, server.Name)
		}
		return true, err
	}))
	fmt.Println("listed", len(names), "on", pages, "pages")

	first := ids[0]
	must(servers.Resize(compute, first, servers.ResizeOpts{FlavorRef: otherID}).ExtractErr())
	must(servers.WaitForStatus(compute, first, "VERIFY_RESIZE", seconds))
	must(servers.ConfirmResize(compute, first).ExtractErr())
	must(servers.WaitForStatus(compute, first, "ACTIVE", seconds))
	server, err := servers.Get(compute, first).Extract()
	must(err)
	fmt.Println("resized", server.Flavor["id"] == otherID)

	must(servers.Reboot(compute, first, servers.RebootOpts{Type: servers.HardReboot}).ExtractErr())
	must(servers.WaitForStatus(compute, first, "ACTIVE", seconds))
	_, err = servers.Update(compute, first, servers.UpdateOpts{Name: name + "-renamed"}).Extract()
	must(err)
	metadata, err := servers.UpdateMetadata(compute, first, servers.MetadataOpts{"role": "web"}).Extract()
	must(err)
	fmt.Println("changed", metadata["role"], metadata["number"])

	for _, id := range ids {
		must(servers.Delete(compute, id).ExtractErr())
	}
	for _, id := range ids {
		waitUntilGone(compute, id)
	}
	must(keypairs.Delete(compute, name).ExtractErr())
	fmt.Println("deleted", len(ids))

	surround(compute, networking, storage, name, imageID, flavorID, findNetwork(networking, public))

	_, err = servers.Create(compute, servers.CreateOpts{Name: name, FlavorRef: "nosuch", ImageRef: imageID}).Extract()
	_, refused := err.(gophercloud.ErrDefault400)
	fmt.Println("refused", refused)
}

func waitUntilGone(compute *gophercloud.ServiceClient, id string) {
	must(gophercloud.WaitFor(seconds, func() (bool, error) {
		_, err := servers.Get(compute, id).Extract()
		if _, gone := err.(gophercloud.ErrDefault404); gone {
			return true, nil
		}
		return false, err
	}))
}

func findImage(client *gophercloud.ServiceClient, name string) string {
	pages, err := images.List(client, images.ListOpts{Name: name}).AllPages()
	must(err)
	found, err := images.ExtractImages(pages)
	must(err)
	return theOne(name, len(found), func(i int) (string, string) { return found[i].Name, found[i].ID })
}

func findNetwork(client *gophercloud.ServiceClient, name string) string {
	pages, err := networks.List(client, networks.ListOpts{Name: name}).AllPages()
	must(err)
	found, err := networks.ExtractNetworks(pages)
	must(err)
	return theOne(name, len(found), func(i int) (string, string) { return found[i].Name, found[i].ID })
}

func findFlavor(client *gophercloud.ServiceClient, name string) string {
	pages, err := flavors.ListDetail(client, nil).AllPages()
	must(err)
	found, err := flavors.ExtractFlavors(pages)
	must(err)
	return theOne(name, len(found), func(i int) (string, string) { return found[i].Name, found[i].ID })
}

// theOne returns the id of the one thing with that name among n things.
func theOne(name string, n int, thing func(int) (string, string)) (id string) {
	count := 0
	for i := 0; i < n; i++ {
		if found, candidate := thing(i); found == name {
			id = candidate
			count++
		}
	}
	if count != 1 {
		log.Fatalf("%d things are named %s", count, name)
	}
	return id
}
