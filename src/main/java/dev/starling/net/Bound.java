package dev.starling.net;

import dev.starling.id.Endpoint;

/// A socket bound to an address of ours.
interface Bound extends AutoCloseable {

    Endpoint local();

    @Override
    void close();
}
