package costlake.close;

/**
 * A condition that must be met before a month is closed.
 *
 * @param name one word, e.g. {@code invoices}
 * @param figures the measured and the required figures; if the gate fails, also what to do
 */
public record Gate(String name, boolean passed, String figures) {}
