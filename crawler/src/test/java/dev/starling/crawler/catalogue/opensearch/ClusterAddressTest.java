package dev.starling.crawler.catalogue.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.starling.crawler.catalogue.classify.Rules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ClusterAddressTest {

    private static ClusterAddress parse(String text) {
        return ClusterAddress.parse(text, Optional.empty());
    }

    @Test
    void severalHostsAreNamedWithCommas() {
        var address = parse("opensearch://one:9201,[::1]/shelf");

        assertThat(address.hosts())
                .containsExactly(URI.create("http://one:9201"), URI.create("http://[::1]:9200"));
        assertThat(address.name()).isEqualTo("shelf");
        assertThat(address.credentials()).isEmpty();
    }

    @Test
    void theLetterSMeansTlsAndAUserMayBeNamed() {
        var address = parse("opensearchs://ann:p%40ss+word@one,two:443/shelf");

        assertThat(address.hosts())
                .containsExactly(URI.create("https://one:9200"), URI.create("https://two:443"));
        assertThat(address.credentials()).contains(new Credentials("ann", "p@ss+word"));
    }

    @Test
    void thePasswordComesFromElsewhereUnlessItIsNamed() {
        var password = Optional.of("secret");

        assertThat(ClusterAddress.parse("opensearchs://ann@one/a", password).credentials())
                .contains(new Credentials("ann", "secret"));
        assertThatThrownBy(() -> parse("opensearchs://ann@one/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password for ann");
    }

    @Test
    void aPasswordIsNotSentWithoutTlsAndNeverPrinted() {
        assertThatThrownBy(() -> parse("opensearch://ann:secret@one/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLS");
        assertThatThrownBy(() -> parse("opensearchs://ann:secret@one/Upper"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(parse("opensearchs://ann:secret@one/a").toString()).doesNotContain("secret");
    }

    @Test
    void howLongTorrentsAreKeptIsSaidAtTheEnd() {
        var address = parse("opensearch://one/shelf?retention=90d");

        assertThat(address.name()).isEqualTo("shelf");
        assertThat(OpenSearchSettings.of(Rules.standard(), address).retention())
                .contains(Duration.ofDays(90));
        assertThat(parse("opensearch://one/shelf").retention()).isEmpty();
    }

    @Test
    void otherParametersAndShorterTimesAreRefused() {
        for (String parameters : List.of("", "retention=", "retention=0s", "retention=2h", "x=1")) {
            assertThatThrownBy(() -> parse("opensearch://one/shelf?" + parameters))
                    .as(parameters)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void credentialsGoWithEachRequest() throws IOException {
        var heard = new CompletableFuture<String>();
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = HttpServer.create(loopback, 0);
        server.createContext(
                "/",
                exchange -> {
                    heard.complete(exchange.getRequestHeaders().getFirst("Authorization"));
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        var host = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

        try (var rest =
                new Rest(List.of(host), Optional.of(new Credentials("Aladdin", "open sesame")))) {
            rest.get("/x");
        } finally {
            server.stop(0);
        }

        assertThat(heard).isCompletedWithValue("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
