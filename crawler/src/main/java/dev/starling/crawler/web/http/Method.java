package dev.starling.crawler.web.http;

/// How a route is asked: `GET` changes nothing.
public enum Method {
    GET,
    POST,
    DELETE
}
