package gate

import "strings"

// A wording is a list of phrases that is looked up in one pass over a text: by
// the first two bytes of each, most places of a text begin none.
type wording struct {
	begins [1 << 16]uint8 // number of the group that two bytes begin, 0 = none
	groups [][]string
}

func phrases(list ...string) *wording {
	w := &wording{groups: [][]string{nil}}
	for _, p := range list {
		k := int(p[0])<<8 | int(p[1])
		if w.begins[k] == 0 {
			w.groups = append(w.groups, nil)
			w.begins[k] = uint8(len(w.groups) - 1)
		}
		w.groups[w.begins[k]] = append(w.groups[w.begins[k]], p)
	}
	return w
}

// contains returns a phrase that s holds, the first in s, or "".
func contains(s string, w *wording) string {
	for i := 0; i+1 < len(s); i++ {
		if g := w.begins[int(s[i])<<8|int(s[i+1])]; g != 0 {
			for _, p := range w.groups[g] {
				if strings.HasPrefix(s[i:], p) {
					return p
				}
			}
		}
	}
	return ""
}

// offers ask a reader to pay or to register before the rest can be read. A
// general offer ("subscribe to our newsletter") is none.
var offers = phrases(
	"to continue reading", "to keep reading", "continue reading with", "to read the full", "to read this article", "to read the rest", "to read more of this",
	"read the full story with", "read the full article with", "read this article in full", "to unlock this article", "unlock this article", "unlock the full", "to get full access to this", "to access this article", "to access the full",
	"to view this article", "to view the full", "rest of this article", "rest of the article is", "remainder of this article",
	"this article is for subscribers", "this article is only available to subscribers", "this article is available to subscribers", "this article is exclusive to", "this article is reserved for",
	"this content is for subscribers", "this content is only available to", "this content is available to subscribers", "this is a subscriber-only", "this is subscriber-only", "subscriber-only content", "exclusive to subscribers", "exclusively for subscribers", "available exclusively to", "for subscribers only",
	"only subscribers can read", "subscribers only", "this story is for subscribers", "this story is only available to", "this story is exclusive to", "premium content is for", "this post is for paid subscribers", "this post is for paying subscribers", "member-only story", "read the full story", "want to read more?", "keep reading for", "continue reading for",
	"you have reached your limit of free", "you've reached your limit of free", "you have reached your article limit", "you've reached your article limit", "you have read all your free", "you've read your last free", "you have used all of your free", "you have no free articles", "you've used all your free", "monthly limit of free",
	"already a subscriber? log in to read", "log in or subscribe to read", "log in to read", "log in to continue", "sign in to read", "sign in to continue", "register to read", "register to continue", "register for free to read", "create a free account to", "create an account to read",
	// German
	"um weiterzulesen", "diesen artikel weiterlesen", "artikel weiterlesen mit", "jetzt weiterlesen mit", "weiterlesen mit", "lesen sie diesen artikel mit", "exklusiv für abonnenten", "nur für abonnenten", "diesen artikel lesen sie mit", "um diesen artikel zu lesen", "zugang zu diesem artikel", "dieser artikel ist abonnenten vorbehalten", "dieser inhalt ist exklusiv", "mit einem abo weiterlesen", "jetzt abonnieren und weiterlesen", "sie haben bereits ein abo? dann melden",
	// French
	"réservé aux abonnés", "réservée aux abonnés", "réservé à nos abonnés", "pour lire la suite", "lire la suite de cet article", "il vous reste", "la suite est réservée", "cet article est réservé", "pour poursuivre votre lecture", "poursuivez votre lecture", "abonnez-vous pour lire", "pour accéder à cet article", "pour lire cet article",
	// Spanish, Portuguese, Italian, Dutch
	"contenido exclusivo para suscriptores", "exclusivo para suscriptores", "solo para suscriptores", "para continuar leyendo", "para seguir leyendo", "suscríbete para seguir", "suscríbete para leer", "regístrate para leer", "para leer este artículo",
	"conteúdo exclusivo para assinantes", "exclusivo para assinantes", "para continuar lendo", "para continuar a ler", "assine para ler", "para ler este artigo",
	"riservato agli abbonati", "per continuare a leggere", "per leggere l'articolo", "contenuto riservato", "questo articolo è riservato",
	"alleen voor abonnees", "om verder te lezen", "lees verder met", "exclusief voor abonnees",
	// Nordic, Polish
	"för att läsa vidare", "för att läsa hela", "for å lese videre", "for å lese hele", "for at læse videre", "læs videre med", "kun for abonnenter", "endast för prenumeranter", "aby czytać dalej", "tylko dla prenumeratorów", "chcesz przeczytać cały", "dostęp do całego artykułu",
	// Russian, Ukrainian, Japanese, Chinese, Korean, Arabic
	"только для подписчиков", "чтобы читать дальше", "лише для передплатників", "この記事は有料会員限定", "会員限定記事", "続きを読むには", "有料記事", "残り", "订阅后继续阅读", "登录后继续阅读", "仅限订阅", "구독자 전용", "للمشتركين فقط",
)

// offer returns the wording of an offer that stands between a reader and the
// rest of an article, or "".
func offer(low string) string {
	w := contains(low, offers)
	if w == "" || quotedLine(low) {
		return ""
	}
	if w == "残り" && !strings.Contains(low, "文字") || w == "il vous reste" && !strings.Contains(low, "%") && !strings.Contains(low, "lire") {
		return ""
	}
	return w
}

// quotedLine reports whether a line is somebody's words, as in an article
// about such a page.
func quotedLine(low string) bool {
	return strings.HasPrefix(low, "“") || strings.HasPrefix(low, `"`) || strings.HasPrefix(low, "«") || strings.HasPrefix(low, "„") ||
		strings.Contains(low, "” said") || strings.Contains(low, `" said`) || strings.Contains(low, " said:") || strings.Contains(low, ",” ") || strings.Contains(low, `," `)
}

// robots is the wording of pages that keep robots, and whom they take for
// robots, out.
var robots = phrases(
	"checking your browser before accessing", "checking if the site connection is secure", "verify you are human", "verifying you are human", "verify that you are human", "confirm you are human", "confirm that you are human", "prove you are human", "prove you're not a robot", "please confirm you are not a robot", "confirm you're not a robot", "are you a robot?", "are you a human?", "i'm not a robot", "press & hold to confirm", "press and hold to confirm", "press & hold the button",
	"unusual traffic from your computer network", "unusual activity from your computer network", "unusual activity from your ip", "detected unusual activity", "detected unusual traffic", "our systems have detected", "automated requests", "automated access to", "suspicious activity from your",
	"pardon our interruption", "as you were browsing something about your browser made us think", "you are a bot", "you're not a bot", "you are not a bot", "access to this page has been denied", "you have been blocked", "you've been blocked", "your access to this site has been limited", "your ip address has been blocked", "your ip has been blocked", "ip address has been temporarily", "request unsuccessful. incapsula", "incapsula incident id", "sucuri website firewall", "ddos protection by", "performance & security by cloudflare", "enable javascript and cookies to continue", "needs to review the security of your connection", "ray id:", "reference #", "you don't have permission to access", "you do not have permission to access", "access denied", "403 forbidden", "too many requests", "error 1020", "error 1015", "request blocked", "request could not be satisfied", "generated by cloudfront", "the requested url was rejected", "your support id is", "please complete the security check", "complete the captcha", "solve the captcha", "enter the characters you see", "type the characters you see", "to discuss automated access",
	"unavailable due to legal reasons", "unavailable for legal reasons", "unavailable in most european countries", "not available in your region", "not available in your country", "not available in your location", "recognize you are attempting to access this website from a country belonging to the european economic area", "451:",
	"bitte bestätigen sie, dass sie ein mensch", "sind sie ein mensch", "ich bin kein roboter", "zugriff verweigert", "ungewöhnlichen datenverkehr", "überprüfung ihres browsers",
	"vérifiez que vous êtes humain", "vous êtes un humain", "je ne suis pas un robot", "accès refusé", "trafic exceptionnel", "vérification de votre navigateur",
	"no soy un robot", "acceso denegado", "tráfico inusual", "acesso negado", "não sou um robô", "tráfego incomum", "accesso negato", "non sono un robot", "toegang geweigerd",
	"доступ запрещен", "доступ ограничен", "я не робот", "подтвердите, что запросы отправляли вы", "访问被拒绝", "请完成安全验证", "アクセスが拒否されました", "접근이 거부되었습니다",
)

// robotTitles are titles of such pages, whole or as their beginning.
var robotTitles = []string{"just a moment", "attention required! | cloudflare", "attention required!", "access denied", "access to this page has been denied", "are you a robot?", "are you a robot", "pardon our interruption", "403 forbidden", "forbidden", "security check", "robot check", "bot verification", "human verification", "checking your browser", "please wait...", "one moment, please", "verifying you are human", "ddos-guard", "making sure you're not a bot!", "429 too many requests", "too many requests", "request rejected", "error: the request could not be satisfied", "sucuri website firewall - access denied", "blocked", "you have been blocked", "vercel security checkpoint", "client challenge", "captcha", "unavailable due to legal reasons", "451", "radware", "shieldsquare captcha", "validation request", "nur einen moment", "un instant", "un momento", "zugriff verweigert", "accès refusé", "acceso denegado"}

// walled reports whether a short line is that of a block page.
func walled(low string) bool { return contains(low, robots) != "" && !quotedLine(low) }

// missing is the wording of a page that is not there.
var missing = phrases(
	"page not found", "page cannot be found", "page can't be found", "page could not be found", "page couldn't be found", "page you requested could not be found", "page you were looking for", "page you are looking for", "page you're looking for", "page doesn't exist", "page does not exist", "page no longer exists", "page isn't available", "page is no longer available", "article not found", "article is no longer available", "article no longer available", "article has been removed", "story not found", "story is no longer available", "story has been removed", "content not found", "content is no longer available", "content no longer available", "no longer available", "not found (404)", "404 not found", "error 404", "404 error", "404 -", "404 |", "404:", "http 404", "sorry, we can't find", "sorry, we couldn't find", "we can't find that page", "we couldn't find that page", "nothing was found at this location", "that page can't be found", "410 gone", "this link is broken", "has been deleted or moved",
	"seite nicht gefunden", "seite wurde nicht gefunden", "seite konnte nicht gefunden", "seite existiert nicht", "artikel nicht gefunden", "artikel ist nicht mehr verfügbar", "inhalt nicht gefunden", "nicht mehr verfügbar",
	"page introuvable", "page non trouvée", "page n'existe pas", "page n'existe plus", "article introuvable", "contenu introuvable", "n'est plus disponible",
	"página no encontrada", "no se encontró la página", "no se ha encontrado la página", "página no existe", "contenido no encontrado", "página não encontrada", "página não existe", "conteúdo não encontrado", "pagina non trovata", "pagina inesistente", "pagina niet gevonden", "pagina bestaat niet", "artikel niet gevonden",
	"sidan hittades inte", "sidan kunde inte hittas", "siden ble ikke funnet", "siden blev ikke fundet", "fant ikke siden", "sivua ei löydy", "strona nie istnieje", "nie znaleziono strony", "strony nie znaleziono", "stránka nenalezena", "страница не найдена", "сторінку не знайдено", "sayfa bulunamadı", "halaman tidak ditemukan", "ページが見つかりません", "お探しのページ", "页面不存在", "找不到页面", "页面未找到", "페이지를 찾을 수 없습니다", "الصفحة غير موجودة",
)

// logins is the wording of pages that ask who the reader is.
var logins = phrases("log in", "login", "log on", "sign in", "signin", "sign on", "anmelden", "anmeldung", "einloggen", "se connecter", "connexion", "identifiez-vous", "iniciar sesión", "inicia sesión", "acceder a tu cuenta", "iniciar sessão", "faça login", "entrar", "accedi", "accesso utente", "inloggen", "logga in", "logg inn", "log ind", "zaloguj", "logowanie", "войти", "вход", "авторизация", "ログイン", "登录", "로그인", "تسجيل الدخول")

// consentAsks are the words with which a page speaks of consent to its reader.
var consentAsks = phrases(
	"we use cookies", "uses cookies", "we and our", "our partners", "your consent", "your privacy", "we value your", "we need your", "our vendors", "by clicking", "by continuing to", "before you continue", "you can change your settings", "you can withdraw", "your choices", "your personal data", "use of cookies", "cookie policy", "with advertising and cookies", "accept cookies", "to accept",
	"wir verwenden", "wir nutzen", "wir und unsere", "unsere partner", "ihre einwilligung", "ihre zustimmung", "ihre privatsphäre", "mit werbung", "zustimmen",
	"nous utilisons", "nous et nos", "nos partenaires", "votre consentement", "votre vie privée", "en acceptant", "vos données",
	"utilizamos", "usamos cookies", "nosotros y nuestros", "nuestros socios", "su consentimiento", "tu privacidad", "nós e os nossos", "nossos parceiros", "seu consentimento", "sua privacidade",
	"noi e i nostri", "utilizziamo", "il tuo consenso", "la tua privacy", "wij gebruiken", "wij en onze", "onze partners", "uw toestemming", "jouw privacy", "vi bruger", "vi använder", "vi bruker", "używamy", "nasi partnerzy", "мы используем", "当サイトでは", "我们使用",
)

// consentThings is what such a page speaks of.
var consentThings = []string{"cookie", "consent", "partners", "partner", "legitimate interest", "personalised", "personalized", "vendors", "data processing", "personal data", "advertising", "tracking",
	"einwilligung", "zustimmung", "werbung", "datenschutz", "consentement", "traceurs", "partenaires", "publicité", "consentimiento", "publicidad", "socios", "consentimento", "publicidade", "consenso", "pubblicità", "toestemming", "advertenties", "samtycke", "samtykke", "annonser", "zgod", "reklam", "согласие", "クッキー"}

// asksConsent reports whether a paragraph asks its reader for consent.
func asksConsent(low string) bool {
	if quotedLine(low) || contains(low, consentAsks) == "" {
		return false
	}
	n := 0
	for _, w := range consentThings {
		if strings.Contains(low, w) {
			if n++; n >= 2 {
				return true
			}
		}
	}
	return false
}

// accepts is what stands on the button of a consent page.
var accepts = []string{"accept", "accept all", "accept cookies", "accept all cookies", "accept and continue", "accept & continue", "accept and close", "agree", "i agree", "i accept", "agree and continue", "agree & continue", "agree and close", "agree to all", "allow all", "allow all cookies", "allow cookies", "consent", "i consent", "got it", "ok", "yes, i agree", "yes, i'm happy", "continue", "reject all", "manage options", "manage settings", "manage preferences", "more options",
	"akzeptieren", "alle akzeptieren", "alles akzeptieren", "akzeptieren und weiter", "zustimmen", "einverstanden", "ich stimme zu", "alle cookies akzeptieren", "mit werbung weiterlesen", "accepter", "tout accepter", "j'accepte", "accepter et continuer", "accepter & fermer", "accepter et fermer", "tout refuser", "aceptar", "aceptar todo", "aceptar y continuar", "acepto", "aceitar", "aceitar tudo", "concordo", "aceitar e continuar", "accetta", "accetta tutto", "accetto", "accetta e continua", "accepteren", "alles accepteren", "akkoord", "ja, ik accepteer", "ik ga akkoord", "godkend alle", "accepter alle", "acceptera", "godkänn alla", "godta alle", "hyväksy kaikki", "zgadzam się", "akceptuję", "przejdź do serwisu", "принять", "согласен", "принять все", "同意する", "同意", "接受", "全部接受", "동의"}
