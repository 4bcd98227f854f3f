package costlake.alert;

import costlake.config.Config;
import costlake.lake.Lake;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A kind of alert, e.g. thresholds of budgets. The class is listed in {@code META-INF/services}, in
 * the package that knows what the alerts are about.
 */
public interface AlertKind {
  /** Returns every kind that is listed in {@code META-INF/services}. */
  static List<AlertKind> registered() {
    return ServiceLoader.load(AlertKind.class, AlertKind.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * Returns the name, as the configuration and messages spell it, e.g. {@code budget_threshold}.
   */
  String name();

  /**
   * Returns what holds now. An alert that began is told to each route once, so the kind may return
   * it as often as it is asked. It must do so as long as the alert is news, because a run may be
   * killed. An alert that is over or that somebody takes care of is told where its beginning was
   * sent. A kind may return the beginning and the end of one alert, so that both are told.
   */
  List<Alert> alerts(Config config, Lake lake);
}
