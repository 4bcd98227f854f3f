package costlake.config;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import costlake.core.Message;
import costlake.core.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the routes of alerts. No problem shows an address or a key, because they are secrets. */
final class AlertRouteChecks {
  static final String ROUTES = "alert_routes";

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Settings settings;
  private final Problems problems;
  private final List<String> teams;
  private final Set<String> ids = new HashSet<>();

  private AlertRouteChecks(ConfigDocument document, Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
    this.teams = document.teams().stream().map(Owners.Team::id).toList();
  }

  /** Adds the mistakes of all routes. */
  static void check(ConfigDocument document, Settings settings, Problems problems) {
    AlertRouteChecks checks = new AlertRouteChecks(document, settings, problems);
    for (int i = 0; i < document.alertRoutes().size(); i++) {
      checks.check(document.alertRoutes().get(i), ROUTES + "[" + i + "]");
    }
  }

  private void check(AlertRoute route, String path) {
    id(route, path + ".id");
    address(route, path);
    key(route, path);
    receivers(route, path);
    waiting(route, path);
  }

  private void id(AlertRoute route, String path) {
    if (!route.id().matches("[a-z0-9][a-z0-9_-]{0,62}")) {
      add(path, "'%s' must be lower-case letters, digits, - or _", route.id());
    }
    if (!ids.add(route.id())) {
      add(path, "id '%s' is used twice in %s. Rename one of them", route.id(), ROUTES);
    }
  }

  private void address(AlertRoute route, String path) {
    String place = path + ".url";
    if (route.writtenAddress().isEmpty()) {
      if (route.type() != AlertRoute.Type.PAGERDUTY) {
        add(path, "route '%s' needs url: the address of the webhook", route.id());
      }
    } else if (!isAllowed(route.writtenAddress().get())) {
      add(
          place,
          "'%s' must be an address such as https://hooks.example.com/a. Only this machine may have"
              + " http",
          place);
    } else if (route.type().hasSecretAddress() && !isReferenceOrLocal(route, place)) {
      add(
          place,
          """
          the address in '%s' is a secret: put it into an environment variable NAME and write ${NAME}
          here, or put it into a file and write ${file:NAME}
          """,
          place);
    }
  }

  private static boolean isAllowed(String address) {
    try {
      URI uri = new URI(address);
      boolean safe = "https".equals(uri.getScheme()) || isLocal(uri);
      return safe && uri.getHost() != null && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isLocal(URI uri) {
    return "http".equals(uri.getScheme())
        && uri.getHost() != null
        && THIS_MACHINE.contains(uri.getHost());
  }

  private boolean isReferenceOrLocal(AlertRoute route, String place) {
    return isLocal(route.address())
        || settings.written(place).filter(Secrets::isReference).isPresent();
  }

  private void key(AlertRoute route, String path) {
    boolean needed = route.type() == AlertRoute.Type.PAGERDUTY;
    if (needed && route.routingKey() == null) {
      add(path, "route '%s' needs routing_key: that of a PagerDuty service", route.id());
    } else if (!needed && route.routingKey() != null) {
      add(path + ".routing_key", "'%s.routing_key' is for pagerduty alone. Remove it", path);
    }
  }

  private void receivers(AlertRoute route, String path) {
    if (route.company() == !route.teams().isEmpty()) {
      add(path, "route '%s' needs either teams or company: true", route.id());
    }
    for (String team : route.teams()) {
      if (!teams.contains(team)) {
        add(
            path + ".teams",
            "'%s.teams' names team '%s', which no team in owners.yml has.%s Correct it, or add it"
                + " there",
            path,
            team,
            Nearest.hint(team, teams));
      }
    }
  }

  private void waiting(AlertRoute route, String path) {
    AlertRoute.QuietHours quiet = route.quietHours();
    if (quiet != null && quiet.from().equals(quiet.until())) {
      add(
          path + ".quiet_hours",
          "'%s.quiet_hours' begin and end at %s. Write different times",
          path,
          quiet.from());
    }
    if (route.digest() != null && route.type().knowsAlerts()) {
      add(
          path + ".digest",
          "'%s.digest' is not for %s, which knows single alerts. Remove it",
          path,
          route.type().word());
    }
  }

  @FormatMethod
  private void add(String path, @FormatString String problem, Object... values) {
    problems.add(settings.origin(path), Message.of(problem, values));
  }
}
