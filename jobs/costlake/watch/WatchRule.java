package costlake.watch;

import java.util.List;
import java.util.ServiceLoader;

/** Finds something in what runs now. The class is listed in {@code META-INF/services}. */
public interface WatchRule {
  /** Returns every rule that is listed in {@code META-INF/services}. */
  static List<WatchRule> registered() {
    return ServiceLoader.load(WatchRule.class, WatchRule.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Returns what the rule finds, the most urgent first. */
  List<Finding> findings(Watched watched);
}
