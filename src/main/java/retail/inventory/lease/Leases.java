package retail.inventory.lease;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Who of several processes on one directory may write a name, for now. Safe for use by several threads. */
public interface Leases {

    /** SKUs that are the name of a file as they are. */
    Pattern PLAIN = Pattern.compile("[A-Za-z0-9._: -]+");

    /** Every name is free: for a process that is alone. Costs nothing. */
    Leases NONE = new Leases() {

        private static final Lease ALWAYS = new Lease() {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void close() {
                // nobody waits for it
            }
        };

        @Override
        public Lease take(String name, Runnable waits) {
            return ALWAYS;
        }
    };

    /**
     * The name of a SKU of a store; a store's id has no {@code ~}. A SKU that cannot stand in the name of a file is named by its
     * hash, behind a second one.
     */
    static String name(String storeId, String sku) {
        return storeId + (PLAIN.matcher(sku).matches() ? "~" + sku : "~~" + sha256(sku));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * Waits until this process has the lease of a name, in its turn among the processes. All threads of this process share
     * it. A thread that uses it already must not take it again: it would wait for itself when the turn is over.
     *
     * @param name letters, digits, {@code . _ - : ~} and inner spaces, not beginning with a dot; at most 200
     * @param waits told before this thread waits, which it does unless the process has the lease already
     * @throws LeaseRefusedException when it cannot be had in time, or the directory of leases fails
     */
    Lease take(String name, Runnable waits);

    /** One thread's use of a lease. */
    interface Lease extends AutoCloseable {

        /**
         * Whether no other process can have the lease now; once false it stays so. A process that stops between asking
         * and acting may act too late all the same.
         */
        boolean isValid();

        /** Ends this use. */
        @Override
        void close();
    }
}
