package dev.starling.node.interop;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// What every test against real clients begins with: a lab, a private DHT in it, and the clients
/// that know of that DHT. Each test gets fresh ones.
@Tag("interop")
abstract class OnPrivateDht {

    Lab lab;
    PrivateDht dht;
    Rivals rivals;

    @BeforeEach
    void startLab() throws IOException {
        lab = new Lab();
        dht = new PrivateDht(lab);
        rivals = new Rivals(lab, dht);
    }

    @AfterEach
    void endLab() throws IOException {
        lab.close();
    }
}
