package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.Seeded;
import dev.starling.id.Id;
import dev.starling.metainfo.Magnet.IndexRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Magnet links (BEP 9, "magnet URI format"; BEP 53).
class MagnetTest {

    private static final String HEX = "b52490aefc204c6d7de858f35edd38f2197551f1";
    private static final String BASE32 = "WUSJBLX4EBGG27PILDZV5XJY6IMXKUPR";
    private static final Id INFO_HASH = Id.parseHex(HEX).orElseThrow();

    @Test
    void readsEachFormOfTheInfoHash() {
        for (String text :
                List.of(
                        HEX,
                        HEX.toUpperCase(Locale.ROOT),
                        BASE32,
                        BASE32.toLowerCase(Locale.ROOT))) {
            assertThat(parse("magnet:?xt=urn:btih:" + text)).isEqualTo(Magnet.of(INFO_HASH));
        }
    }

    @Test
    void readsAllThatTheFormatHas() {
        var magnet =
                parse(
                        "magnet:?xt=urn:btih:"
                                + HEX
                                + "&dn=a%20name&tr=http%3A%2F%2Ft.invalid%2Fa%3Fb%3D1"
                                + "&tr=udp://u.invalid:80&x.pe=198.18.0.1:6881&x.pe=[2001:db8::1]:80"
                                + "&x.pe=host.invalid:1&so=0,2,4,6-8");

        assertThat(magnet)
                .isEqualTo(
                        new Magnet(
                                INFO_HASH,
                                Optional.of("a name"),
                                List.of("198.18.0.1:6881", "[2001:db8::1]:80", "host.invalid:1"),
                                List.of("http://t.invalid/a?b=1", "udp://u.invalid:80"),
                                List.of(
                                        new IndexRange(0, 0),
                                        new IndexRange(2, 2),
                                        new IndexRange(4, 4),
                                        new IndexRange(6, 8))));
    }

    @Test
    void readsTheLinkThatTransmissionPrints() {
        var magnet = parse("magnet:?xt=urn:btih:" + HEX + "&dn=single.bin");

        assertThat(magnet.infoHash()).isEqualTo(INFO_HASH);
        assertThat(magnet.name()).contains("single.bin");
    }

    @Test
    void linksArePastedFromAnywhere() {
        assertThat(parse("  MAGNET:?XT=urn:btih:" + HEX + "\n").infoHash()).isEqualTo(INFO_HASH);
        assertThat(parse("magnet:?dn=x&amp;xt=urn:btih:" + HEX).infoHash()).isEqualTo(INFO_HASH);
        assertThat(parse("magnet:?xt.1=urn:btih:" + HEX + "&tr.1=a://b&tr.22=c://d").trackers())
                .containsExactly("a://b", "c://d");
        assertThat(parse("magnet:?xt=urn%3Abtih%3A" + HEX).infoHash()).isEqualTo(INFO_HASH);
        assertThat(parse("magnet:?&&xt&=&xt=urn:btih:" + HEX + "&kt=x&xl=5").infoHash())
                .isEqualTo(INFO_HASH);
    }

    @Test
    void aPlusIsASpaceInANameOnly() {
        var magnet = parse("magnet:?xt=urn:btih:" + HEX + "&dn=a+b%2Bc&tr=http://t.invalid/a+b");

        assertThat(magnet.name()).contains("a b+c");
        assertThat(magnet.trackers()).containsExactly("http://t.invalid/a+b");
    }

    @Test
    void brokenEscapesStayAsTheyAre() {
        assertThat(name("100%")).contains("100%");
        assertThat(name("%zz%4")).contains("%zz%4");
        assertThat(name("%C3%A9")).contains("é");
        assertThat(name("%ff")).contains("_");
    }

    @Test
    void aNameCannotHideOrSteerATerminal() {
        assertThat(name("a%1B%5B2Jb%E2%80%AEc")).contains("a_[2Jbc");
        assertThat(name("%20")).isEmpty();
    }

    @Test
    void theFirstInfoHashOfVersion1Counts() {
        String v2 = "urn:btmh:1220" + "cd".repeat(32);

        assertThat(parse("magnet:?xt=" + v2 + "&xt=urn:btih:" + HEX).infoHash())
                .isEqualTo(INFO_HASH);
        assertThat(
                        parse("magnet:?xt=urn:btih:" + HEX + "&xt=urn:btih:" + "a".repeat(40))
                                .infoHash())
                .isEqualTo(INFO_HASH);
        assertThat(parse("magnet:?xt=urn:ed2k:123&xt=urn:btih:" + HEX).infoHash())
                .isEqualTo(INFO_HASH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://example.invalid       | does not begin with 'magnet:?'
                    b52490aefc204c6d7de858f35edd38f2197551f1 | does not begin with 'magnet:?'
                    magnet:                      | nothing follows 'magnet:'
                    magnet:?                     | nothing follows 'magnet:?'
                    magnet:?dn=x                 | has no xt=urn:btih:
                    magnet:?xt=urn:sha1:x        | has no xt=urn:btih:
                    magnet:?xt=urn:btih:         | the infohash '' is neither
                    magnet:?xt=urn:btih:b52490aefc204c6d7de858f35edd38f2197551f  | is neither 40 hexadecimal
                    magnet:?xt=urn:btih:b52490aefc204c6d7de858f35edd38f2197551f11 | is neither 40 hexadecimal
                    magnet:?xt=urn:btih:g52490aefc204c6d7de858f35edd38f2197551f1 | is neither 40 hexadecimal
                    magnet:?xt=urn:btih:1USJBLX4EBGG27PILDZV5XJY6IMXKUPR | nor 32 of base32
                    magnet:?xt=urn:btmh:1220caf1e1c30e81cb361b9ee167c4aa64228a7fa4fa9f6105232b28ad099f3a302e | this is a v2 magnet link
                    magnet:?xs=urn:btpk:8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e | names a key (btpk, BEP 46)
                    """)
    void refusesWithAReasonAPersonUnderstands(String link, String reason) {
        assertThat(Magnet.parse(link))
                .isInstanceOfSatisfying(
                        Magnet.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void aLinkBeyondItsBoundIsRefused() {
        String link = "magnet:?xt=urn:btih:" + HEX + "&dn=";

        assertThat(Magnet.parse(link + "x".repeat(Magnet.MAX_CHARS - link.length())))
                .isInstanceOf(Magnet.Parsed.class);
        assertThat(Magnet.parse(link + "x".repeat(Magnet.MAX_CHARS - link.length() + 1)))
                .isEqualTo(new Magnet.Refused("the link has 65537 characters, limit 65536"));
    }

    @Test
    void peersThatAreNoAddressAreLeftOut() {
        var magnet =
                parse(
                        "magnet:?xt=urn:btih:"
                                + HEX
                                + "&x.pe=host&x.pe=:1&x.pe=host:0&x.pe=host:65536&x.pe=host:x"
                                + "&x.pe=2001:db8::1:80&x.pe=[]:1&x.pe=host:65535&x.pe=a%0Ab:1");

        assertThat(magnet.peers()).containsExactly("host:65535");
    }

    @Test
    void addressesAreKeptInBounds() {
        var link = new StringBuilder("magnet:?xt=urn:btih:" + HEX);
        for (int i = 1; i <= 1_000; i++) {
            link.append("&x.pe=h:").append(i).append("&tr=a://").append(i);
        }

        var magnet = parse(link.toString());

        assertThat(magnet.peers()).hasSize(200).endsWith("h:200");
        assertThat(magnet.trackers()).hasSize(200).endsWith("a://200");
    }

    @Test
    void rangesThatMakeNoSenseAreLeftOut() {
        var magnet =
                parse(
                        "magnet:?xt=urn:btih:"
                                + HEX
                                + "&so=5-3,a,-1,1-,,99999999999,3-9999999,7,2-2");

        assertThat(magnet.selection()).containsExactly(new IndexRange(7, 7), new IndexRange(2, 2));
        assertThatThrownBy(() -> new IndexRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesALinkThatOthersRead() {
        var magnet =
                new Magnet(
                        INFO_HASH,
                        Optional.of("a b&c=é+"),
                        List.of("198.18.0.1:6881", "[2001:db8::1]:80"),
                        List.of("http://t.invalid/a?b=1"),
                        List.of(new IndexRange(0, 0), new IndexRange(2, 5)));

        assertThat(magnet.toUri())
                .isEqualTo(
                        "magnet:?xt=urn:btih:"
                                + HEX
                                + "&dn=a%20b%26c%3D%C3%A9%2B&tr=http%3A%2F%2Ft.invalid%2Fa%3Fb%3D1"
                                + "&x.pe=198.18.0.1:6881&x.pe=[2001:db8::1]:80&so=0,2-5");
    }

    @Test
    void whatIsWrittenReadsAsItWas() {
        Seeded.forSeeds(
                2_000,
                random -> {
                    var name = new StringBuilder("n");
                    random.ints(20, 0x20, 0x7f).forEach(name::appendCodePoint);
                    name.append("é🐦.");
                    var magnet =
                            new Magnet(
                                    Id.random(random),
                                    Optional.of(name.toString()),
                                    List.of("h:" + (1 + random.nextInt(65_535))),
                                    List.of("http://t.invalid/" + random.nextInt() + "?a=%20&b"),
                                    List.of(new IndexRange(0, random.nextInt(1_000_000))));

                    assertThat(Magnet.parse(magnet.toUri())).isEqualTo(new Magnet.Parsed(magnet));
                });
    }

    @Test
    void noTextMakesTheParserThrow() {
        String alphabet = "magnet:?xt=urn:btih:&dn%so.pe-,0123456789abcdef[]+\u202e\ud800";
        Seeded.forSeeds(
                20_000,
                random -> {
                    var link =
                            new StringBuilder(random.nextBoolean() ? "magnet:?xt=urn:btih:" : "");
                    random.ints(random.nextInt(80), 0, alphabet.length())
                            .forEach(i -> link.append(alphabet.charAt(i)));

                    var result = Magnet.parse(link.toString());

                    if (result instanceof Magnet.Refused(var reason)) {
                        assertThat(reason).isNotBlank();
                    }
                });
    }

    private static Optional<String> name(String escaped) {
        return parse("magnet:?xt=urn:btih:" + HEX + "&dn=" + escaped).name();
    }

    private static Magnet parse(String link) {
        return switch (Magnet.parse(link)) {
            case Magnet.Parsed(var magnet) -> magnet;
            case Magnet.Refused(var reason) -> throw new AssertionError(reason);
        };
    }
}
