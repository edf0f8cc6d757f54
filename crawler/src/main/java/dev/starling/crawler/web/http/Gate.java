package dev.starling.crawler.web.http;

import dev.starling.node.monitor.HostCheck;
import java.util.Optional;
import java.util.Set;

/// Who is let in.
///
/// A page of another site can make a visitor's browser send us requests. It is kept out thrice: a
/// request must be for a name of ours, or the site could rebind its own; it must not come from
/// another site, as its `Origin` and `Sec-Fetch-Site` tell; and what changes something takes a key
/// that no browser sends by itself.
///
/// @param needsKey whether reading takes a key
public record Gate(HostCheck hosts, WebKeys keys, Sessions sessions, boolean needsKey) {

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int MISDIRECTED = 421;
    private static final String BEARER = "Bearer ";
    private static final Set<String> FROM_HERE = Set.of("same-origin", "none");

    /// Why a request for any route is not answered, if so.
    ///
    /// @param authority what it says to be for: the `Host`
    Optional<Refused> keepOut(String authority, WebRequest request) {
        if (!hosts.isOurs(authority)) {
            return Optional.of(
                    new Refused(
                            MISDIRECTED,
                            "This server does not go by that name; --web-name lets one in."));
        }
        boolean isOtherOrigin =
                request.header("origin").map(origin -> !isOurs(origin, authority)).orElse(false);
        boolean isOtherSite =
                request.header("sec-fetch-site").map(it -> !FROM_HERE.contains(it)).orElse(false)
                        && !isFollowedLink(request);
        return isOtherOrigin || isOtherSite
                ? Optional.of(new Refused(FORBIDDEN, "This server answers no other site's page."))
                : Optional.empty();
    }

    private static boolean isOurs(String origin, String authority) {
        return origin.equals("http://" + authority) || origin.equals("https://" + authority);
    }

    /// Another site may link to a page; what comes is shown to the person, not to the site.
    private static boolean isFollowedLink(WebRequest request) {
        return request.header("sec-fetch-mode").equals(Optional.of("navigate"))
                && request.header("sec-fetch-dest").equals(Optional.of("document"));
    }

    /// Why this route is not for whoever asks, if so.
    Optional<Refused> check(Access access, WebRequest request) {
        boolean isAllowed =
                switch (access) {
                    case OPEN -> true;
                    case READ -> !needsKey || isReader(request);
                    case ADMIN -> headerKey(request).map(keys::mayChange).orElse(false);
                };
        return isAllowed
                ? Optional.empty()
                : Optional.of(
                        new Refused(
                                UNAUTHORIZED,
                                access == Access.ADMIN
                                        ? "This needs the admin key, in the header X-Api-Key."
                                        : "This needs the API key, in the header X-Api-Key."));
    }

    private boolean isReader(WebRequest request) {
        return headerKey(request).or(() -> request.text("apikey")).map(keys::mayRead).orElse(false)
                || request.header("cookie").map(sessions::isOpen).orElse(false);
    }

    private static Optional<String> headerKey(WebRequest request) {
        return request.header("x-api-key")
                .or(() ->
                        request.header("authorization")
                                .filter(it -> it.startsWith(BEARER))
                                .map(it -> it.substring(BEARER.length()).strip()));
    }

    /// Whether a key opens a session.
    public boolean opens(String key) {
        return keys.mayRead(key);
    }
}
