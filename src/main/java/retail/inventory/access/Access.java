package retail.inventory.access;

import org.jspecify.annotations.Nullable;

/** Whether anybody is asked who he is, and who it is then. */
public final class Access {

    /** What holds for whoever shows nothing. */
    public enum Mode {
        /** Everybody on this machine may do everything: nobody was ever given a key, and there is no issuer of tokens. */
        LOCAL,
        /** Everybody who reaches the service may, because {@code ACCESS=open} says so. */
        OPEN,
        /** Nobody may do anything. */
        REQUIRED
    }

    static final String OPEN = "open";
    static final String REQUIRED = "required";

    private final Keys keys;
    private final @Nullable Tokens tokens;
    private final @Nullable Mode set;

    private Access(Keys keys, @Nullable Tokens tokens, @Nullable Mode set) {
        this.keys = keys;
        this.tokens = tokens;
        this.set = set;
    }

    /**
     * Decides at the start.
     *
     * @param tokens those of an issuer; null when none was named
     * @param setting {@code ACCESS}: open, required, or nothing
     * @param host the address that is listened on, as it was set
     * @param loopback whether only this machine reaches it
     * @throws AccessStartException when others could do what they like and nobody wants that, or nobody could do anything
     */
    static Access of(Keys keys, @Nullable Tokens tokens, String setting, String host, boolean loopback) {
        if (setting.equals(OPEN)) {
            return new Access(keys, tokens, Mode.OPEN);
        }
        if (tokens != null) {
            return new Access(keys, tokens, Mode.REQUIRED);
        }
        boolean required = setting.equals(REQUIRED);
        if (required && keys.isEmpty()) {
            throw new AccessStartException(
                    "ACCESS=required, and there is no key, so nobody could do anything: make one (bin/key create"
                            + " --name admin --role admin), or name an issuer of tokens (ACCESS_JWT_ISSUER).");
        }
        if (keys.isEmpty() && !loopback) {
            throw new AccessStartException("HOST is " + host
                    + ", so others can reach it, and nobody is asked who they are: make a key (bin/key create"
                    + " --name admin --role admin), name an issuer of tokens (ACCESS_JWT_ISSUER), or say ACCESS=open.");
        }
        return new Access(keys, null, required ? Mode.REQUIRED : null);
    }

    /** What holds now: with the first key, everybody is asked, for a proxy on this machine makes everybody local. */
    public Mode mode() {
        return set != null ? set : keys.isEmpty() ? Mode.LOCAL : Mode.REQUIRED;
    }

    /**
     * Whether what somebody was let in for may go on: not when the key or token has ended, nor when nobody was asked and all
     * are now.
     */
    public boolean isStillIn(Identity identity) {
        return switch (identity.kind()) {
            case KEY -> keys.isStillIn(identity);
            case JWT -> tokens != null && tokens.isStillIn(identity);
            case UNASKED -> mode() != Mode.REQUIRED;
        };
    }

    /** What somebody who was let in before may do now; null when that one is no longer {@link #isStillIn in}. */
    public @Nullable Grants grantsNow(Identity identity) {
        if (!isStillIn(identity)) {
            return null;
        }
        return identity.kind() == Identity.Kind.KEY ? keys.grants(identity.id()) : identity.grants();
    }

    /** Whom a key shows, or a token that was verified before; null when nobody. */
    public @Nullable Identity identify(String text) {
        return KeyText.isMeantAsKey(text) || tokens == null ? keys.identify(text) : tokens.find(text);
    }

    /** Whether a text may be a token that has to be verified first. */
    public boolean isUnseenToken(String text) {
        return tokens != null && tokens.isUnseen(text);
    }

    /**
     * Whom a token shows that {@link #isUnseenToken}, which costs processor time or a question to its issuer; null when nobody.
     *
     * @throws UndecidedException when that cannot be told now
     */
    public @Nullable Identity verify(String token) throws UndecidedException {
        return tokens == null ? null : tokens.verify(token);
    }
}
