package dev.starling.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Links of BEP 46.
class MutableMagnetTest {

    private static final String KEY =
            "8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e";

    @Test
    void linkWithAKeyLeadsToItsTarget() {
        var magnet = parsed("magnet:?xs=urn:btpk:" + KEY);

        assertThat(magnet.target()).hasToString("cc3f9d90b572172053626f9980ce261a850d050b");
        assertThat(magnet.toUri()).isEqualTo("magnet:?xs=urn:btpk:" + KEY);
    }

    @Test
    void linkWithASaltLeadsElsewhere() {
        var magnet = parsed("magnet:?xs=urn:btpk:" + KEY + "&s=6e");

        assertThat(magnet.salt()).isEqualTo(ByteString.utf8("n"));
        assertThat(magnet.target()).hasToString("59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f");
        assertThat(parsed(magnet.toUri())).isEqualTo(magnet);
    }

    @Test
    void caseOrderAndUnknownPartsDoNotMatter() {
        var link = " MAGNET:?dn=x&amp;s=6E&amp;XS=urn:btpk:" + KEY.toUpperCase(Locale.ROOT);

        assertThat(parsed(link).target()).hasToString("59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f");
    }

    @Test
    void whatIsNoSuchLinkIsRefused() {
        assertThat(MutableMagnet.parse("magnet:?xt=urn:btih:" + "0".repeat(40)))
                .isInstanceOf(MutableMagnet.Refused.class);
        assertThat(MutableMagnet.parse("magnet:?xs=urn:btpk:" + KEY.substring(2)))
                .isInstanceOf(MutableMagnet.Refused.class);
        assertThat(MutableMagnet.parse("magnet:?xs=urn:btpk:" + KEY + "&s=6"))
                .isInstanceOf(MutableMagnet.Refused.class);
        assertThat(MutableMagnet.parse("magnet:?xs=urn:btpk:" + KEY + "&s=" + "6e".repeat(65)))
                .isInstanceOf(MutableMagnet.Refused.class);
        assertThat(MutableMagnet.parse("http://x/")).isInstanceOf(MutableMagnet.Refused.class);
    }

    private static MutableMagnet parsed(String link) {
        return ((MutableMagnet.Parsed) MutableMagnet.parse(link)).magnet();
    }
}
