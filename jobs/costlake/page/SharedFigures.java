package costlake.page;

import costlake.config.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How figures are made that several tables of a page have.
 *
 * @param sums values of a row that are sums, as in {@link DeclaredRows#sums}
 * @param columns SQL of columns over these values. A table lists those that it has
 */
public record SharedFigures(
    @Required Map<String, @Nullable Object> sums, @Required Map<String, String> columns) {}
