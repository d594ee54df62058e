package text

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// Sentences of which pages are made here; each is true of nothing.
const (
	p1 = "The ferry to the outer islands stayed in port for the eighth day on Monday, and the queue of lorries on the quay reached back to the old customs house."
	p2 = "“The hull is cracked, and nobody mended it in all those years,” said Halda Brenn, an inspector of the harbour board, who had asked for a new plate in spring."
	p3 = "The board, which owns eleven ferries, said in a letter to its passengers that it would lift every hull before winter and pay for the hotel rooms of those who waited."
	p4 = "Ivo Oake, who drives fish to the mainland twice a week, said that he had thrown away two loads and would not wait for a third to spoil on the quay."
	p5 = "The last ferry that sank in the strait went down in 1971, on a night without wind; its captain was cleared by a court that never heard the engineer."
)

func paras(ps ...string) string { return "<p>" + strings.Join(ps, "</p>\n<p>") + "</p>\n" }

// shell is the frame of an ordinary page: navigation, an offer, a banner, a
// form to log in, and links to other stories.
func shell(head, body string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>` + head + `</title><script src="/app.js"></script></head><body>
<header><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/login">Log in</a> <a href="/subscribe">Subscribe</a></nav></header>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies and share data with our partners to show personalised advertising. You can change your settings at any time.</p><button>Accept all</button><button>Manage options</button></div>
<form action="/login" class="login-form" style="display:none"><input type="text"><input type="password"><input type="submit" value="Log in"></form>
` + body + `
<aside class="related"><h3>More from The Harbour Post</h3><ul><li><a href="/a">Two more lighthouses go dark this month</a></li><li><a href="/b">Board of the port elects a new chair</a></li></ul></aside>
<footer><p>Subscribe to our newsletter. Already a subscriber? <a href="/login">Log in</a>. This site is protected by reCAPTCHA.</p></footer></body></html>`
}

// meta is what an article says of itself to machines.
const meta = `<meta property="og:type" content="article"><meta property="article:published_time" content="2014-05-14T09:20:00Z">`

func data(s string) string {
	return `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry stays in port",` + s + `"datePublished":"2014-05-14"}</script>`
}

func TestWalls(t *testing.T) {
	asked := "https://news.example/2014/05/14/ferry-stays-in-port"
	ok := recount.Fetch{Status: 200, Final: asked}
	to := func(u string) recount.Fetch { return recount.Fetch{Status: 200, Final: u} }
	links := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<div class="card"><h2><a href="/2014/05/story-%d">Harbour board number %d answers its critics</a></h2><p>A short summary of what stands in the story, which is long enough to be a paragraph of its own here.</p></div>`, i, i)
		}
		return b.String()
	}
	tests := []struct {
		name, page string
		f          recount.Fetch
		want       verdictKind
		partial    bool
	}{
		{"Cloudflare's check", `<!DOCTYPE html><html><head><title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'}</script></head><body><div class="main-wrapper"><h1>news.example</h1><h2 id="challenge-running">Checking if the site connection is secure</h2><noscript>Enable JavaScript and cookies to continue</noscript><div id="challenge-body-text">news.example needs to review the security of your connection before proceeding.</div></div><div class="footer">Ray ID: <code>6f1b0</code> Performance &amp; security by Cloudflare</div></body></html>`, ok, isBlock, false},
		{"Cloudflare's refusal", `<html><head><title>Attention Required! | Cloudflare</title></head><body><div id="cf-wrapper"><div id="cf-error-details"><h1>Sorry, you have been blocked</h1><h2>You are unable to access news.example</h2><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase.</p><p>Cloudflare Ray ID: 6f1b0</p></div></div></body></html>`, ok, isBlock, false},
		{"Akamai", `<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "http&#58;&#47;&#47;news.example&#47;ferry" on this server.<P>Reference #18.5d0c1502.1400053200.1a2b3c<P>https&#58;&#47;&#47;errors.edgesuite.net/18.5d0c1502</BODY></HTML>`, ok, isBlock, false},
		{"DataDome", `<html lang="en"><head><title>news.example</title><style>#cmsg{}</style></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c','cid':'AHr','host':'geo.captcha-delivery.com'}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>`, ok, isBlock, false},
		{"PerimeterX", `<html><head><title>Access to this page has been denied.</title></head><body><div class="px-captcha-header">Before we continue...</div><div>Press &amp; Hold to confirm you are a human (and not a bot).</div><div id="px-captcha"></div><p>Reference ID 7e1</p></body></html>`, ok, isBlock, false},
		{"Imperva", `<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=5074"></script></head><body>Request unsuccessful. Incapsula incident ID: 877000-123</body></html>`, ok, isBlock, false},
		{"a service that interrupts", `<html><head><title>Pardon Our Interruption</title></head><body><h1>Pardon Our Interruption</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen: you're a power user moving through this website with super-human speed; you've disabled JavaScript in your web browser; a third-party browser plugin is preventing JavaScript from running.</p></body></html>`, ok, isBlock, false},
		{"Are you a robot?", `<html><head><title>Harbour Post - Are you a robot?</title></head><body><h1>We've detected unusual activity from your computer network</h1><h2>To continue, please click the box below to let us know you're not a robot.</h2><div id="px-captcha"></div><h3>Why did this happen?</h3><p>Please make sure your browser supports JavaScript and cookies and that you are not blocking them from loading.</p></body></html>`, ok, isBlock, false},
		{"unusual traffic", `<html><head><title>https://news.example</title></head><body><form id="captcha-form" action="index"></form><p>Our systems have detected unusual traffic from your computer network. This page checks to see if it's really you sending the requests, and not a robot.</p></body></html>`, ok, isBlock, false},
		{"a plain 403 under 200", `<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>`, ok, isBlock, false},
		{"too many requests", `<html><head><title>429 Too Many Requests</title></head><body><h1>Too Many Requests</h1><p>You have sent too many requests.</p></body></html>`, recount.Fetch{Status: 429, Final: asked}, isBlock, false},
		{"a proof of work", `<html><head><title>Making sure you're not a bot!</title><script id="anubis_challenge" type="application/json">{}</script></head><body><h1>Making sure you're not a bot!</h1><p>Loading...</p><p>You are seeing this because the administrator of this website has set up a protection against the scourge of companies aggressively scraping websites.</p></body></html>`, ok, isBlock, false},
		{"CloudFront", `<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>Request blocked. We can't connect to the server for this app or website at this time.<PRE>Generated by cloudfront (CloudFront)</PRE></BODY></HTML>`, ok, isBlock, false},
		{"not in this country", `<html><head><title>451: Unavailable due to legal reasons</title></head><body><h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area including the EU which enforces the General Data Protection Regulation and therefore access cannot be granted at this time.</p></body></html>`, ok, isBlock, false},
		{"a consent page", `<html><head><title>Before you continue</title></head><body><form action="/save"><h1>Before you continue</h1><p>We and our partners use cookies and similar technologies to store and access personal data on your device, for personalised advertising and content, measurement and audience research.</p><p>If you want to refuse, click Manage options. You can withdraw your consent at any time in our privacy policy, where our partners and their legitimate interest are listed.</p><button>Reject all</button><button>Accept all</button></form></body></html>`, ok, isConsent, false},
		{"a consent page elsewhere", `<html><head><title>Harbour Post</title></head><body><h1>Your data. Your experience.</h1><p>To give you the best experience on this site, our group needs a decision from you on how data is used.</p><button>Agree</button></body></html>`, to("https://consent.news.example/collectConsent?sessionId=3"), isConsent, false},
		{"a consent page in German", `<html lang="de"><head><title>Hafenpost</title></head><body><h1>Willkommen bei der Hafenpost</h1><p>Weiterlesen mit Werbung: Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Ihre Zustimmung können Sie jederzeit widerrufen. Wir und unsere Partner verarbeiten dazu Daten von Ihrem Gerät, etwa Cookies.</p><button>Akzeptieren und weiter</button></body></html>`, ok, isConsent, false},
		{"a consent page in French", `<html lang="fr"><head><title>La Poste du port</title></head><body><h2>Votre vie privée</h2><p>Avec votre consentement, nous et nos partenaires utilisons des cookies ou technologies similaires pour stocker et accéder à vos données personnelles, à des fins de publicité et de mesure.</p><button>Tout accepter</button><a href="#">Continuer sans accepter</a></body></html>`, ok, isConsent, false},
		{"not found under 200", shell("Page not found - The Harbour Post", "<main><h1>Page not found</h1><p>Sorry, the page you were looking for could not be found. Try searching for it.</p></main>"), ok, isNotFound, false},
		{"404 as heading", shell("The Harbour Post", "<main><h1>404</h1><p>Oops! That page can’t be found.</p></main>"), ok, isNotFound, false},
		{"the article was removed", shell("The Harbour Post", "<main><h1>This article is no longer available</h1><p>It may have been removed or its address may have changed. Here are some other stories that you may like to read instead.</p></main>"), ok, isNotFound, false},
		{"not found, in Spanish", shell("Página no encontrada | El Correo del Puerto", "<main><h1>Error 404</h1><p>La página que busca no existe o ha cambiado de dirección.</p></main>"), ok, isNotFound, false},
		{"not found, said outright", shell("Not found", "<p>x</p>"), recount.Fetch{Status: 404}, isNotFound, false},
		{"sent to the front page", shell("The Harbour Post", links(5)), to("https://news.example/"), isFrontPage, false},
		{"sent to the front page, with trackers", shell("The Harbour Post", links(5)), to("https://www.news.example/?utm_source=redirect"), isFrontPage, false},
		{"sent to the section", shell("2014 | The Harbour Post", links(14)), to("https://news.example/en"), isFrontPage, false},
		{"sent to /404", shell("The Harbour Post", "<p>x</p>"), to("https://news.example/404"), isNotFound, false},
		{"a login", `<html><head><title>Log in | The Harbour Post</title></head><body><h1>Log in to your account</h1><form><label>E-mail</label><input type="email"><label>Password</label><input type="password"><button>Log in</button><a href="/forgot">Forgot your password?</a></form></body></html>`, ok, isLogin, false},
		{"sent to a login", `<html><head><title>The Harbour Post</title></head><body><form><input type="password"></form><p>Members only.</p></body></html>`, to("https://accounts.news.example/login?return=/2014/05/14/ferry"), isLogin, false},
		{"a login in German", `<html><head><title>Anmelden - Hafenpost</title></head><body><h1>Anmelden</h1><form><input type="password"><button>Anmelden</button></form></body></html>`, ok, isLogin, false},
		{"an empty shell", `<!DOCTYPE html><html><head><title>The Harbour Post</title><script src="/static/main.js"></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>`, ok, isShell, false},
		{"an empty shell with a menu", `<html><head><title>The Harbour Post</title><script src="/_next/static/a.js"></script></head><body><div id="__next"><nav><a href="/">Home</a><a href="/world">World</a></nav><div class="spinner">Loading…</div></div></body></html>`, ok, isShell, false},
		{"a hard wall", shell("Ferry stays in port", meta+data(`"isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".paywalled"},`)+`<article><h1>Ferry stays in port</h1><div class="paywall-box"><h2>This article is for subscribers</h2><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div></article>`), ok, isPaywall, false},
		{"a soft wall", shell("Ferry stays in port", meta+data(`"isAccessibleForFree":false,`)+`<article><h1>Ferry stays in port</h1>`+paras(p1, "The board said in a letter to its passengers that it would lift every hull...")+`<div class="regwall"><h3>To continue reading, subscribe for 1 euro a month</h3></div></article>`), ok, isPaywall, true},
		{"a soft wall by its length", shell("Ferry stays in port", meta+data(`"wordCount":900,"isAccessibleForFree":"False",`)+`<article><h1>Ferry stays in port</h1>`+paras(p1, p2)+`<div class="offer"><p>Subscribe to read the full story.</p></div></article>`), ok, isPaywall, true},
		{"a limit is reached", shell("Ferry stays in port", meta+`<article><h1>Ferry stays in port</h1>`+paras(p1)+`<div class="paywall"><p>You have reached your limit of free articles this month.</p><button>Subscribe now</button></div></article>`), ok, isPaywall, true},
		{"a wall in German", shell("Fähre bleibt im Hafen", meta+`<article><h1>Fähre bleibt im Hafen</h1><p>Die Fähre zu den äußeren Inseln blieb am Montag den achten Tag im Hafen, und die Schlange der Lastwagen reichte bis zum alten Zollhaus zurück. Die Inspektorin, die im Frühjahr eine neue Platte verlangt hatte, sagte …</p><div class="paywall"><p>Diesen Artikel weiterlesen mit Hafenpost Plus</p></div></article>`), ok, isPaywall, true},
		{"a wall in French", shell("Le bac reste au port", meta+data(`"isAccessibleForFree":false,`)+`<article><h1>Le bac reste au port</h1><p>Le bac des îles est resté au port pour le huitième jour lundi, et la file des camions atteignait la vieille douane, selon le capitaine du port qui a refusé de commenter la grève.</p><p>Cet article est réservé aux abonnés. Il vous reste 82 % de cet article à lire.</p></article>`), ok, isPaywall, true},
		{"a wall in Japanese", shell("フェリー欠航", meta+data(`"isAccessibleForFree":false,`)+`<article><h1>フェリー欠航</h1><p>この記事は有料会員限定です。</p></article>`), ok, isPaywall, false},
		{"payment required", shell("Ferry", "<p>x</p>"), recount.Fetch{Status: 402}, isPaywall, false},
		{"a section page", `<html><head><title>World | The Harbour Post</title><link rel="canonical" href="https://news.example/world"></head><body><h1>World</h1>` + links(20) + `</body></html>`, to("https://news.example/world"), isList, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := see(t, []byte(tt.page), asked).look(tt.f, asked)
			if v.Kind != tt.want || v.Partial != tt.partial || !v.Refused() {
				t.Errorf("Look = %q (%s; partial %v), want %q, partial %v", v.Kind, v.Because, v.Partial, tt.want, tt.partial)
			}
			if v.Reason == "" || v.Hint == "" || v.Because == "" {
				t.Errorf("Look = %+v, without a reason, a hint or what decided", v)
			}
		})
	}
	t.Logf("%d pages", len(tests))
}

func TestArticles(t *testing.T) {
	asked := "https://news.example/2014/05/14/ferry-stays-in-port"
	ok := recount.Fetch{Status: 200, Final: asked}
	text := func(head string, ps ...string) string {
		return shell(head+" - The Harbour Post", meta+"<article><h1>"+head+"</h1>"+paras(ps...)+"</article>")
	}
	bare := func(head string, ps ...string) string {
		return shell(head, "<div><h1>"+head+"</h1>"+paras(ps...)+"</div>")
	}
	tests := []struct {
		name, page string
		f          recount.Fetch
	}{
		{"an ordinary page", text("Ferry stays in port", p1, p2, p3, p4, p5), ok},
		{"nothing for machines", bare("Ferry stays in port", p1, p2, p3, p4, p5), ok},
		{"one short paragraph", text("Ferry stays in port", p1+" "+p3), ok},
		{"about captchas", text("Why captchas ask you to verify you are human", "The little box that says “I'm not a robot” is twenty years old this spring, and the people who built it say that it no longer keeps anybody out.", p2, "“Verify you are human” is what the page says; what it means is that a company wants to know your mouse, Brenn said.", p4), ok},
		{"about captchas, short and bare", bare("Are you a robot?", "Websites that ask “are you a robot?” lose one reader in eight, the harbour college found in a study of forty outlets that it published on Monday. "+p3, "The study's author, Halda Brenn, said that most who leave never come back, and that those who stay are annoyed. “Checking your browser is not a service,” she said. "+p4, p5, p1), ok},
		{"about a robot that was blocked", text("Access denied: when machines keep people out", p1, "Ada Tamm saw the words “Access denied” on her own council's page for a week. “Reference number eighteen, it said, as if I were a parcel,” she said.", p3), ok},
		{"about cookies", text("Cookie banners cost readers eight minutes a month", "“We use cookies and share your data with our partners,” the banners say, and nine readers in ten click the button that says accept all.", "The harbour college counted the clicks of four hundred readers over a month and found that consent took them eight minutes and eleven seconds in all.", p2, p4), ok},
		{"about cookies, short", text("Regulator fines port for cookie banner", "The data regulator on Monday fined the port 40,000 crowns because its page set cookies for advertising before readers gave their consent, and because partners were not named."), ok},
		{"about biscuits", text("Island bakery accepts all cookies", "The bakery on the outer island takes back every cookie that its customers do not like, said Ada Tamm, who has baked them there since spring of 1999 in her mother's oven."), ok},
		{"about subscriptions", text("Harbour Post readers pay to continue reading", "Readers who want to continue reading the Harbour Post will pay four crowns a month from June, its owner said on Monday.", "“Subscribe to continue reading is an honest sentence,” the editor, Ivo Oake, told the staff. “We have paid for free reading long enough.”", p2, p3), ok},
		{"about paywalls, short", text("Paper drops its paywall", "The Harbour Post has dropped its paywall after four years. “You have reached your limit of free articles was the sentence that I was ashamed of,” said its editor, Ivo Oake, on Monday."), ok},
		{"about a page that was not found", text("Page not found: how the web forgets", "One page in four that was linked to from the island's news in 2004 cannot be found today, the harbour college says; what is left is a page that says 404.", p2, p3), ok},
		{"about passwords", text("Log in with your face", "The ferry company lets its passengers log in with their faces from June, and will keep the password for those who do not want to be looked at by a telephone.", p4), ok},
		{"about JavaScript", text("The browser that will not run JavaScript", "A browser that runs no JavaScript has been written by two brothers on the outer island, who say that nine news pages in ten can be read in it.", p3), ok},
		{"a metered page with its whole text", shell("Ferry stays in port", meta+data(`"isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".meteredContent"},`)+`<article class="meteredContent"><h1>Ferry stays in port</h1>`+paras(p1, p2, p3, p4, p5)+`</article><div class="paywall"><p>You have read 2 of 5 free articles. Subscribe to continue reading without limits.</p></div>`), ok},
		{"a metered page as long as it says", shell("Ferry stays in port", meta+data(`"isAccessibleForFree":false,"wordCount":"62",`)+`<article><h1>Ferry stays in port</h1>`+paras(p1, p2)+`</article><div class="paywall"><p>To continue reading, subscribe.</p></div>`), ok},
		{"a declared page with its whole text", shell("Ferry stays in port", meta+data(`"isAccessibleForFree":false,`)+`<article><h1>Ferry stays in port</h1>`+paras(p1, p2, p3, p4, p5, p1)+`</article>`), ok},
		{"a hidden wall", shell("Ferry stays in port", meta+`<article><h1>Ferry stays in port</h1>`+paras(p1, p2, p3)+`</article><div class="paywall" style="display:none"><p>Subscribe to continue reading.</p></div>`), ok},
		{"a general offer behind the text", shell("Ferry stays in port", meta+`<article><h1>Ferry stays in port</h1>`+paras(p1)+`<div class="promo"><p>Subscribe to the Harbour Post for 4 crowns a month.</p></div></article>`), ok},
		{"an offer in the header", shell("Ferry stays in port", meta+`<div class="top"><p>Log in to read your saved stories.</p></div><article><h1>Ferry stays in port</h1>`+paras(p1, p2)+`</article>`), ok},
		{"read the full story elsewhere", shell("Ferry stays in port", meta+`<article><h1>Ferry stays in port</h1>`+paras(p1, p2, p3, p4, p5)+`<p><a href="https://other.example">Read the full story at the Island Courier</a></p></article>`), ok},
		{"a canonical redirect", text("Ferry stays in port", p1, p2), recount.Fetch{Status: 200, Final: "https://www.news.example/world/ferry-stays-in-port.html"}},
		{"http became https", text("Ferry stays in port", p1, p2), recount.Fetch{Status: 200, Final: "https://news.example/2014/05/14/ferry-stays-in-port/"}},
		{"an article that lives at the root", text("Ferry stays in port", p1, p2, p3, p4, p5, p1, p2, p3, p4, p5, p1, p2, p3, p4), recount.Fetch{Status: 200, Final: "https://news.example/"}},
		{"an old system's number", bare("Ferry stays in port", p1, p2, p3, p4, p5, p1, p2, p3), recount.Fetch{Status: 200, Final: "https://news.example/?id=77"}},
		{"many links around a short article", shell("Ferry stays in port", meta+`<article><h1>Ferry stays in port</h1>`+paras(p1)+`</article><div>`+strings.Repeat(`<h3><a href="/x">Harbour board answers its critics again</a></h3>`, 30)+`</div>`), ok},
		{"many links around a bare article", `<html><head><title>Ferry stays in port</title><link rel=canonical href="https://news.example/2014/05/ferry-stays-in-port"></head><body><h1>Ferry stays in port</h1>` + paras(p1, p2, p3) + `<div>` + strings.Repeat(`<h3><a href="/x">Harbour board answers its critics again</a></h3>`, 30) + `</div></body></html>`, ok},
		{"a forbidden page that is sent all the same", text("Ferry stays in port", p1, p2, p3, p4, p5, p1, p2, p3, p4, p5, p1, p2), recount.Fetch{Status: 403, Final: asked}},
		{"plain HTML without a script", "<html><title>Ferry</title><p>" + p1, ok},
		{"a poem about a robot", bare("I'm not a robot", "I'm not a robot, said the tide, I only come and go; the captain wrote it on the side of every boat below, and laughed at it, and cried, and died, and nobody would know.", "You've been blocked, the harbour said, by ice and wind and snow; the robot turned its iron head and had no place to go, and so it went to bed, to bed, the only place below.", p5, p1, p2), ok},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := see(t, []byte(tt.page), asked)
			if s.a == nil {
				v := s.look(recount.Fetch{}, "")
				t.Fatalf("no article text; Look = %q (%s)", v.Kind, v.Because)
			}
			if v := s.look(tt.f, asked); v.Kind != isArticle {
				t.Errorf("Look = %q (%s)", v.Kind, v.Because)
			}
			if v := s.look(recount.Fetch{}, ""); v.Kind != isArticle {
				t.Errorf("as a file: Look = %q (%s)", v.Kind, v.Because)
			}
		})
	}
	t.Logf("%d pages", len(tests))
}
