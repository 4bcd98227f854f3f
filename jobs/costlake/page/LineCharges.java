package costlake.page;

import costlake.config.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The charges that a line or its steps compare, on each side of the comparison. They explain money
 * that is no sum of them, such as the effect of a price.
 *
 * @param sides month of the charges by the name of the side; null if the side has none
 * @param where condition on the name of the side and the columns of the line or step; default: all
 * @param by columns of a side, computed from these columns; {@code sums} names charges by them
 * @param ofLine condition on the columns of a step under which the charges explain the whole line,
 *     because its steps are about one thing; default: none
 * @param part money of which each charge has a part; default: the money of the charges
 * @param whole money that the charges are together; default: their sum
 * @param sums the charges of a side
 */
public record LineCharges(
    @Required Map<String, String> sides,
    @Nullable String where,
    @Required Map<String, String> by,
    @Nullable String ofLine,
    @Nullable String part,
    @Nullable String whole,
    @Required LineSums sums) {}
