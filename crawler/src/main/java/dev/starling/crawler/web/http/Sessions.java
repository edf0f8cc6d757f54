package dev.starling.crawler.web.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Browsers that have shown the key once. A session only reads; it ends with the browser, with the
/// server, or when so many others have come. Thread-safe.
public final class Sessions {

    public static final String COOKIE = "starling";

    /// A person's browsers; the oldest makes room.
    private static final int MAX_SESSIONS = 100;

    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final SequencedSet<String> tokens = new LinkedHashSet<>();

    /// The `Set-Cookie` of a new session: unseen by scripts, sent by no other site.
    public synchronized String open() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        tokens.add(token);
        if (tokens.size() > MAX_SESSIONS) {
            tokens.removeFirst();
        }
        return COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /// Ends the session of this `Cookie` header; the answer's `Set-Cookie`.
    public synchronized String close(String cookies) {
        tokens.remove(token(cookies));
        return COOKIE + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }

    synchronized boolean isOpen(String cookies) {
        return tokens.contains(token(cookies));
    }

    private static String token(String cookies) {
        for (String cookie : cookies.split(";", -1)) {
            String stripped = cookie.strip();
            if (stripped.startsWith(COOKIE + "=")) {
                return stripped.substring(COOKIE.length() + 1);
            }
        }
        return "";
    }
}
