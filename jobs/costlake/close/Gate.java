package costlake.close;

/**
 * Something that must hold before a month is closed.
 *
 * @param name one word, e.g. {@code invoices}
 * @param figures what was found and what is asked for; where it fails, what to do
 */
public record Gate(String name, boolean passed, String figures) {}
