package web

import (
	"net/netip"
)

// A block is a range of addresses that no public web page has.
type block struct {
	prefix netip.Prefix
	use    string
}

// special lists the blocks of the IANA IPv4 and IPv6 Special-Purpose Address
// Registries (RFC 6890 as updated by RFC 8190; the IPv6 one as last updated on
// 2024-10-22, with the dummy prefix of RFC 9780 that came after it), whether
// or not a registry calls a block reachable: none of them holds a news site.
// Blocks that the registries leave out follow: multicast (RFC 5771, RFC 4291),
// the deprecated forms of RFC 4291 and RFC 3879, the 6bone (RFC 3701), and the
// address at which one hosting company answers its own machines.
//
// What translates to IPv4 (::ffff:0:0/96, 64:ff9b::/96) is not listed here:
// see purpose.
var special = []block{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private network"},
	{netip.MustParsePrefix("100.64.0.0/10"), "the inside of a provider's network"},
	{netip.MustParsePrefix("127.0.0.0/8"), "this computer"},
	{netip.MustParsePrefix("169.254.0.0/16"), "a private network"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private network"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a block of protocols"},
	{netip.MustParsePrefix("192.0.2.0/24"), "a block of documentation"},
	{netip.MustParsePrefix("192.31.196.0/24"), "a block of protocols"},
	{netip.MustParsePrefix("192.52.193.0/24"), "a block of protocols"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a block of protocols"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private network"},
	{netip.MustParsePrefix("192.175.48.0/24"), "a block of protocols"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a block of measurements"},
	{netip.MustParsePrefix("198.51.100.0/24"), "a block of documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "a block of documentation"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved block"}, // and 255.255.255.255

	{netip.MustParsePrefix("224.0.0.0/4"), "a group of computers"},
	{netip.MustParsePrefix("168.63.129.16/32"), "a private network"},

	{netip.MustParsePrefix("::/128"), "this network"},
	{netip.MustParsePrefix("::1/128"), "this computer"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "a private network"},
	{netip.MustParsePrefix("100::/64"), "a block that is thrown away"},
	{netip.MustParsePrefix("100:0:0:1::/64"), "a block that is thrown away"},
	{netip.MustParsePrefix("2001::/32"), "a tunnel"},
	{netip.MustParsePrefix("2001:1::1/128"), "a block of protocols"},
	{netip.MustParsePrefix("2001:1::2/128"), "a block of protocols"},
	{netip.MustParsePrefix("2001:1::3/128"), "a block of protocols"},
	{netip.MustParsePrefix("2001:2::/48"), "a block of measurements"},
	{netip.MustParsePrefix("2001:3::/32"), "a block of protocols"},
	{netip.MustParsePrefix("2001:4:112::/48"), "a block of protocols"},
	{netip.MustParsePrefix("2001:10::/28"), "a block of protocols"},
	{netip.MustParsePrefix("2001:20::/28"), "a block of protocols"},
	{netip.MustParsePrefix("2001:30::/28"), "a block of protocols"},
	{netip.MustParsePrefix("2001::/23"), "a block of protocols"},
	{netip.MustParsePrefix("2001:db8::/32"), "a block of documentation"},
	{netip.MustParsePrefix("2002::/16"), "a tunnel"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "a block of protocols"},
	{netip.MustParsePrefix("3fff::/20"), "a block of documentation"},
	{netip.MustParsePrefix("5f00::/16"), "a block of protocols"},
	{netip.MustParsePrefix("fc00::/7"), "a private network"},
	{netip.MustParsePrefix("fe80::/10"), "a private network"},

	{netip.MustParsePrefix("::/96"), "a block that is no longer used"},
	{netip.MustParsePrefix("::ffff:0:0:0/96"), "a private network"},
	{netip.MustParsePrefix("3ffe::/16"), "a block that is no longer used"},
	{netip.MustParsePrefix("fec0::/10"), "a private network"},
	{netip.MustParsePrefix("ff00::/8"), "a group of computers"},
}

var (
	// translated is the block in which gateways of IPv6-only networks show
	// the IPv4 internet (RFC 6052); its last four bytes are the address meant.
	translated = netip.MustParsePrefix("64:ff9b::/96")
	// global is the only block of IPv6 that addresses of the internet are
	// given out of (RFC 4291, IANA IPv6 Global Unicast Address Assignments).
	global = netip.MustParsePrefix("2000::/3")
)

// nat64Use is what purpose says of an address of translated.
const nat64Use = "a NAT64 gateway"

// purpose returns what an address is for that is not one of the public
// internet, and "" for one that is. A mapped or translated address is judged
// by the IPv4 address in it, a translated one only if nat64 says that this network
// has such a gateway: where it has none, whoever answers there is not the server.
func purpose(a netip.Addr, nat64 bool) string {
	if !a.IsValid() {
		return "no address"
	}
	a = a.Unmap()
	if a.Zone() != "" {
		return "a private network"
	}
	if translated.Contains(a) {
		if !nat64 {
			return nat64Use
		}
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	for _, s := range special {
		if s.prefix.Contains(a) {
			return s.use
		}
	}
	if a.Is6() && !global.Contains(a) {
		return "a reserved block"
	}
	return ""
}
