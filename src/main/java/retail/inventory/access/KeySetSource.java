package retail.inventory.access;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Where an issuer's public keys come from. */
@FunctionalInterface
interface KeySetSource {

    /**
     * Reads them anew.
     *
     * @throws IOException when they are not there, or are no keys; its message is for the operator
     */
    JWKSet read() throws IOException;
}
