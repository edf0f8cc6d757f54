package dev.starling.crawler.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryStringTest {

    @Test
    void namesAndValuesAreDecoded() {
        var parameters = QueryString.parse("q=caf%C3%A9+noir&type=audio&type=video&empty=&flag");

        assertThat(parameters.get("q")).containsExactly("café noir");
        assertThat(parameters.get("type")).containsExactly("audio", "video");
        assertThat(parameters.get("empty")).containsExactly("");
        assertThat(parameters.get("flag")).containsExactly("");
    }

    @Test
    void whatIsBrokenIsTakenLiterally() {
        assertThat(QueryString.parse("q=%zz&&=x&%=%").get("q")).containsExactly("%zz");
        assertThat(QueryString.parse("")).isEmpty();
    }

    @Test
    void onlySoManyAreLookedAt() {
        String many = "a=1&".repeat(100_000) + "b=2";

        assertThat(QueryString.parse(many)).doesNotContainKey("b");
    }

    @Test
    void listsMayBeWrittenEitherWay() {
        assertThat(WebRequest.of("cat=5030,5040&cat=2000,,").list("cat"))
                .isEqualTo(List.of("5030", "5040", "2000"));
    }
}
