package dev.starling.crawler.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SessionsTest {

    private final Sessions sessions = new Sessions();

    private static String pair(String cookie) {
        return cookie.split(";", -1)[0];
    }

    @Test
    void aSessionIsOpenUntilItIsClosed() {
        String cookie = pair(sessions.open());
        assertThat(sessions.isOpen("other=1; " + cookie)).isTrue();

        sessions.close(cookie);

        assertThat(sessions.isOpen(cookie)).isFalse();
    }

    @Test
    void whatNobodyOpenedIsNotOpen() {
        sessions.open();

        assertThat(sessions.isOpen("")).isFalse();
        assertThat(sessions.isOpen("starling=")).isFalse();
        assertThat(sessions.isOpen("starling=00")).isFalse();
    }

    @Test
    void theOldestMakesRoom() {
        String first = pair(sessions.open());
        String last = "";
        for (int i = 0; i < 100; i++) {
            last = pair(sessions.open());
        }

        assertThat(sessions.isOpen(first)).isFalse();
        assertThat(sessions.isOpen(last)).isTrue();
    }
}
