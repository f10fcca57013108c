package retail.inventory.disk;

/** Breakers that repeat nothing and let the next try through at once: what fails, fails now, and the next try counts. */
public final class ImpatientBreakers {

    private ImpatientBreakers() {}

    /** New ones. */
    public static DiskBreakers create() {
        return new DiskBreakers(new DiskBreakers.Settings(1, 1, 1, 0));
    }

    /** One of them, for work that may be repeated. */
    public static DiskBreaker one() {
        return create().forRepeatable("test");
    }
}
