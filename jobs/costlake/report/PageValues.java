package costlake.report;

import java.util.List;
import java.util.ServiceLoader;

/**
 * What the template of a page reads besides the rows: findings and charts, which Java makes of a
 * statement. The class of a page is public, is listed in {@code META-INF/services} and has no
 * state. Pages of users may read the values, and cannot name a class that is not listed.
 */
interface PageValues {
  /** Returns those of every page that {@code META-INF/services} lists. */
  static List<PageValues> registered() {
    return ServiceLoader.load(PageValues.class, PageValues.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Adds the values of the page, each by the name that templates read. */
  void addTo(TemplateValues values);
}
