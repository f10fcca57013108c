package retail.inventory.lease;

/** A thread's use of a lease that all threads of this process share. */
final class LeaseUse implements Leases.Lease {

    private final LocalLeases leases;
    private final LocalLease lease;
    private final Grant grant;
    private boolean closed;

    LeaseUse(LocalLeases leases, LocalLease lease, Grant grant) {
        this.leases = leases;
        this.lease = lease;
        this.grant = grant;
    }

    @Override
    public boolean isValid() {
        return grant.isValid();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            leases.leave(lease, grant);
        }
    }
}
