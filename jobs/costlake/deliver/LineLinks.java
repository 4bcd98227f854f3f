package costlake.deliver;

import costlake.report.SafeNames;
import costlake.report.Statement;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Leads from a mail to lines of a statement.
 *
 * @param site address at which the pages of {@code costlake site} are published; null if they are
 *     not
 */
record LineLinks(@Nullable String site) {
  /** Returns the address of a line in the page of its statement; null without a site. */
  @Nullable String address(Statement.Head head, String line) {
    if (site == null) {
      return null;
    }
    String page =
        "/%s/%s/index.html"
            .formatted(YearMonth.from(head.month()), SafeNames.folder(head.receiver().id()));
    return site.replaceFirst("/+$", "") + encoded(page, line);
  }

  private static String encoded(String page, String line) {
    try {
      return new URI(null, null, page, line).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns the command that explains a line. */
  static String command(String line) {
    return "costlake explain " + line;
  }
}
