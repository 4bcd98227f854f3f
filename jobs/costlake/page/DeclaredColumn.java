package costlake.page;

import costlake.config.Origin;
import costlake.config.Required;
import costlake.config.Shorthand;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that a page declares: what it means, as in a contract, and how it is made.
 * Without any of the ways to make it, it is the value of its name. Type, meaning and unit that the
 * file does not say are those of models/columns.yml, or of the relation {@code asIn}.
 *
 * @param name name; in a file, a text with commas names several columns
 * @param nullable whether null is allowed; default: as in models/columns.yml
 * @param asIn relation whose column of this name this one is like
 * @param as SQL over the values of the row and the relations that are looked up
 * @param hours seconds that are stated in hours
 * @param share money of which the share in that of all rows of the statement is stated; null if
 *     that is zero
 * @param ratio two values with a slash between them; null if the second one is zero or unknown
 */
public record DeclaredColumn(
    @Required @Shorthand String name,
    @Nullable String type,
    @Nullable Boolean nullable,
    @Nullable String meaning,
    @Nullable String unit,
    @Nullable String asIn,
    @Nullable String as,
    @Nullable String hours,
    @Nullable String share,
    @Nullable String ratio,
    Origin origin) {
  public DeclaredColumn {
    if (Stream.of(as, hours, share, ratio).filter(Objects::nonNull).count() > 1) {
      throw new IllegalArgumentException(
          "'" + name + "' is made in two ways; name one of as, hours, share and ratio");
    }
    if (ratio != null && ratio.split("/", -1).length != 2) {
      throw new IllegalArgumentException("'ratio' of '" + name + "' must be 'part / whole'");
    }
  }

  Stream<DeclaredColumn> each() {
    return Arrays.stream(name.split(", *", -1)).map(one -> with(one, as));
  }

  /** Returns this column as the page makes it for several tables, unless it is made already. */
  DeclaredColumn of(Map<String, String> figures) {
    return isMade() || !figures.containsKey(name) ? this : with(name, figures.get(name));
  }

  private boolean isMade() {
    return Stream.of(as, hours, share, ratio).anyMatch(Objects::nonNull);
  }

  private DeclaredColumn with(String name, @Nullable String as) {
    return new DeclaredColumn(
        name, type, nullable, meaning, unit, asIn, as, hours, share, ratio, origin);
  }
}
