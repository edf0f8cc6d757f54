package dev.starling.crawler.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.node.monitor.HostCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GateTest {

    private static final WebKeys KEYS = new WebKeys("read-key", "admin-key", false);

    private final Gate open = gate(false);
    private final Gate locked = gate(true);

    private static Gate gate(boolean needsKey) {
        return new Gate(new HostCheck(List.of("a.example")), KEYS, new Sessions(), needsKey);
    }

    private static WebRequest with(String... headers) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new WebRequest("http://a.example", Map.of(), Map.of(), map, "");
    }

    private static boolean isIn(Gate gate, Access access, WebRequest request) {
        return gate.check(access, request).isEmpty();
    }

    @Test
    void withoutALockOnlyChangesTakeAKey() {
        assertThat(isIn(open, Access.OPEN, with())).isTrue();
        assertThat(isIn(open, Access.READ, with())).isTrue();
        assertThat(isIn(open, Access.ADMIN, with())).isFalse();
        assertThat(isIn(open, Access.ADMIN, with("x-api-key", "admin-key"))).isTrue();
    }

    @Test
    void withALockReadingTakesOneToo() {
        assertThat(isIn(locked, Access.OPEN, with())).isTrue();
        assertThat(isIn(locked, Access.READ, with())).isFalse();
        assertThat(isIn(locked, Access.READ, with("x-api-key", "read-key"))).isTrue();
        assertThat(isIn(locked, Access.READ, with("authorization", "Bearer read-key"))).isTrue();
        assertThat(isIn(locked, Access.READ, with("authorization", "Basic read-key"))).isFalse();
        assertThat(isIn(locked, Access.ADMIN, with("x-api-key", "read-key"))).isFalse();
    }

    @Test
    void noParameterAndNoCookieChangesAnything() {
        var parameter =
                new WebRequest("", Map.of(), Map.of("apikey", List.of("admin-key")), Map.of(), "");
        var cookie = with("cookie", locked.sessions().open().split(";", -1)[0]);

        assertThat(isIn(locked, Access.ADMIN, parameter)).isFalse();
        assertThat(isIn(locked, Access.READ, cookie)).isTrue();
        assertThat(isIn(locked, Access.ADMIN, cookie)).isFalse();
    }

    @Test
    void otherSitesAreKeptOut() {
        assertThat(open.keepOut("a.example", with())).isEmpty();
        assertThat(open.keepOut("b.example", with())).isPresent();
        assertThat(open.keepOut("a.example", with("origin", "http://a.example"))).isEmpty();
        assertThat(open.keepOut("a.example", with("origin", "https://a.example"))).isEmpty();
        assertThat(open.keepOut("a.example", with("origin", "http://a.example:81"))).isPresent();
        assertThat(open.keepOut("a.example", with("sec-fetch-site", "same-site"))).isPresent();
        assertThat(open.keepOut("a.example", with("sec-fetch-site", "same-origin"))).isEmpty();
    }

    @Test
    void aFrameIsNoFollowedLink() {
        var frame =
                with(
                        "sec-fetch-site",
                        "cross-site",
                        "sec-fetch-mode",
                        "navigate",
                        "sec-fetch-dest",
                        "iframe");

        assertThat(open.keepOut("a.example", frame)).isPresent();
    }
}
