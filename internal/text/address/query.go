package address

import "strings"

// trackers lists the parameters that say how a reader came to a page and do not
// change it, in lower case. Sources: the documentation of the services named,
// and what news sites put into the links that they share.
var trackers = map[string]bool{
	// click identifiers of advertising networks
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true, "yclid": true,
	"ysclid": true, "twclid": true, "ttclid": true, "li_fat_id": true, "igshid": true, "igsh": true, "epik": true, "rdt_cid": true,
	"irclickid": true, "irgwc": true, "zanpid": true, "sccid": true, "scclid": true, "srsltid": true, "gad_source": true, "gad_campaignid": true,
	// mail and campaigns: Mailchimp, HubSpot, Marketo, Adobe, Vero, Klaviyo, Matomo, Olytics, Drip, Sailthru
	"mc_cid": true, "mc_eid": true, "_hsenc": true, "_hsmi": true, "__hssc": true, "__hstc": true, "__hsfp": true, "hsctatracking": true,
	"mkt_tok": true, "s_cid": true, "vero_id": true, "vero_conv": true, "_ke": true, "_kx": true, "oly_enc_id": true, "oly_anon_id": true,
	"__s": true, "sailthru_id": true, "wickedid": true, "ml_subscriber": true, "ml_subscriber_hash": true, "cmpid": true, "cmp": true,
	"campaign_id": true, "emci": true, "emdi": true, "ceid": true, "nlid": true, "newsletter_id": true, "sfmc_id": true, "sfmc_sub": true,
	// analytics: Google, Adobe, AT Internet, comScore, Chartbeat, Parse.ly
	"_ga": true, "_gl": true, "xtor": true, "at_medium": true, "at_campaign": true, "at_custom1": true, "at_custom2": true,
	"at_custom3": true, "at_custom4": true, "ns_mchannel": true, "ns_source": true, "ns_campaign": true, "ns_linkname": true,
	"ns_fee": true, "ito": true, "_openstat": true, "icid": true, "intcid": true, "int_cid": true, "intcmp": true, "icmp": true,
	"referringsource": true, "ftag": true, "ftcamp": true, "wt.mc_id": true, "wt_mc": true, "wt.nav": true,
	// feeds, share buttons and apps
	"feature": true, "spref": true, "sr_share": true, "share": true, "shared": true, "smid": true, "smtyp": true, "smprod": true,
	"partner": true, "cvid": true, "ocid": true, "ncid": true, "ref_src": true, "ref_url": true, "referrer": true, "referer": true,
	"__twitter_impression": true, "twitter_impression": true, "fb_action_ids": true, "fb_action_types": true, "fb_ref": true,
	"fb_source": true, "fb_comment_id": true, "guccounter": true, "guce_referrer": true, "guce_referrer_sig": true, "soc_src": true, "soc_trk": true,
	"wprov": true, "sharetype": true, "share_id": true, "shareadraft": true, "st_source": true, "__tn__": true, "mibextid": true,
	"cn-reloaded": true, "taid": true, "socialreferral": true,
	// AMP and its viewer
	"amp": true, "amp_js_v": true, "amp_gsa": true, "amp_r": true, "amp_kit": true, "usqp": true, "aoh": true, "ampcf": true,
	// sessions
	"phpsessid": true, "jsessionid": true, "sessionid": true, "cfid": true, "cftoken": true,
}

// trackerPrefixes begin the names of further such parameters.
var trackerPrefixes = []string{"utm_", "utm-", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "stm_", "bsft_", "aspsessionid", "trk_", "oft_", "at_recipient", "at_link", "at_ptr", "at_format", "at_bbc"}

// whenValue lists parameters that only mean the AMP form with these values.
var whenValue = map[string]string{"outputtype": "amp", "output": "amp", "mode": "amp", "view": "amp", "type": "amp"}

// cleanQuery drops the trackers of a query and keeps the others in their order,
// because a server may read it.
func cleanQuery(q string) string {
	var kept []string
	for pair := range strings.SplitSeq(q, "&") {
		pair = strings.TrimPrefix(pair, "?")
		if pair == "" || tracker(pair) {
			continue
		}
		kept = append(kept, escapes(pair))
	}
	return strings.Join(kept, "&")
}

func tracker(pair string) bool {
	key, value, _ := strings.Cut(strings.ToLower(escapes(pair)), "=")
	key = strings.TrimPrefix(key, "amp%3b") // a link that was escaped twice: "&amp;utm_source"
	key = strings.TrimPrefix(key, "amp;")
	if trackers[key] {
		return true
	}
	if v, ok := whenValue[key]; ok && v == value {
		return true
	}
	for _, p := range trackerPrefixes {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}
