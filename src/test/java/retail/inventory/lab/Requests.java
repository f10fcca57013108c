package retail.inventory.lab;

import java.nio.ByteBuffer;

/** Requests of a load, as the bytes that go out; encoded beforehand, so that sending one costs no more than its copy. */
public interface Requests {

    /** The next request. */
    ByteBuffer next();
}
