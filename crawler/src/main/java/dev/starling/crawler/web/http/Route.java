package dev.starling.crawler.web.http;

import java.io.IOException;
import java.util.function.Function;

/// One thing that can be asked of the server.
///
/// @param path with `{names}` for parts that vary, as OpenAPI writes them
/// @param refusals how it says that it cannot answer
public record Route(
        Method method,
        String path,
        Access access,
        Handler handler,
        Function<Refused, WebAnswer> refusals) {

    public static Route get(String path, Access access, Handler handler) {
        return new Route(Method.GET, path, access, handler, Route::json);
    }

    public static Route post(String path, Access access, Handler handler) {
        return new Route(Method.POST, path, access, handler, Route::json);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return new Route(Method.DELETE, path, access, handler, Route::json);
    }

    /// The same with another way to refuse.
    public Route refusing(Function<Refused, WebAnswer> other) {
        return new Route(method, path, access, handler, other);
    }

    private static WebAnswer json(Refused refused) {
        return WebAnswer.error(refused.status(), refused.reason());
    }

    /// Answers a request. Called by many threads at once.
    @FunctionalInterface
    public interface Handler {
        /// What the server answers, unless it cannot.
        ///
        /// @throws Refused if the request asks for what there is not
        /// @throws IOException if the catalogue fails
        WebAnswer answer(WebRequest request) throws Refused, IOException;
    }
}
