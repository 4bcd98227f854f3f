package costlake.core;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key under which a machine that Kubernetes runs on and a charge of a bill meet. Each provider
 * has one form, which names a single machine (or scale set) of all its customers; docs/telemetry.md
 * lists what is read. An id that leaves open which machine it means has no key.
 */
public final class NodeKey {
  private static final Pattern AWS_MACHINE = Pattern.compile("aws://.*?([^/]+)");
  private static final Pattern AWS_ARN =
      Pattern.compile("arn:aws[a-z-]*:ec2:[^:]*:[^:]*:instance/([^/]+)");

  private static final Pattern AZURE =
      Pattern.compile("(?:azure://)?/*(subscriptions/.+?)/*", Pattern.CASE_INSENSITIVE);
  private static final Pattern AZURE_SET_MEMBER =
      Pattern.compile("(.+/virtualmachinescalesets/[^/]+)/virtualmachines/[^/]+");

  private static final Pattern GOOGLE_MACHINE = Pattern.compile("gce://([^/]+)/([^/]+)/([^/]+)");
  private static final Pattern GOOGLE_CHARGE =
      Pattern.compile(
          "(?:(?:https:)?//[a-z.]*googleapis\\.com/(?:compute/[^/]+/)?)?/?"
              + "projects/([^/]+)/zones/([^/]+)/instances?/([^/]+)");

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:/+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private NodeKey() {}

  /** The key of a machine, from the provider id that Kubernetes gives its node. */
  public static Optional<String> ofMachine(String providerId) {
    Matcher aws = AWS_MACHINE.matcher(providerId);
    Matcher google = GOOGLE_MACHINE.matcher(providerId);
    if (aws.matches()) {
      return Optional.of(aws.group(1));
    }
    if (google.matches()) {
      return Optional.of(google(google.group(1), google.group(2), google.group(3)));
    }
    return azure(providerId).or(() -> present(SCHEME.matcher(providerId).replaceFirst("")));
  }

  /**
   * The key of the machine that a charge is for, from its FOCUS columns; empty text for null.
   *
   * @param resourceName what Google's bills call a machine whose id is a number
   * @param account SubAccountId: Google's project
   */
  public static Optional<String> ofCharge(
      String resourceId, String resourceName, String provider, String account, String zone) {
    Matcher arn = AWS_ARN.matcher(resourceId);
    if (arn.matches()) {
      return Optional.of(arn.group(1));
    }
    Matcher google = GOOGLE_CHARGE.matcher(resourceId.toLowerCase(Locale.ROOT));
    if (google.matches()) {
      String project = DIGITS.matcher(google.group(1)).matches() ? account : google.group(1);
      return google(project, google.group(2), google.group(3), resourceName);
    }
    return isGoogle(provider) && resourceId.indexOf('/') < 0
        ? google(account, zone, resourceId, resourceName)
        : azure(resourceId).or(() -> present(resourceId));
  }

  /** Azure does not mind case, and bills the machines of a scale set under the set or their own. */
  private static Optional<String> azure(String id) {
    Matcher azure = AZURE.matcher(id);
    if (!azure.matches()) {
      return Optional.empty();
    }
    String key = "/" + azure.group(1).toLowerCase(Locale.ROOT);
    Matcher member = AZURE_SET_MEMBER.matcher(key);
    return Optional.of(member.matches() ? member.group(1) : key);
  }

  private static boolean isGoogle(String provider) {
    String lower = provider.toLowerCase(Locale.ROOT);
    return lower.contains("google") || lower.equals("gcp");
  }

  /** A name begins with a letter; digits alone are an id, which Kubernetes does not know. */
  private static Optional<String> google(
      String project, String zone, String machine, String resourceName) {
    String name = DIGITS.matcher(machine).matches() ? last(resourceName) : machine;
    return isName(last(project)) && !last(zone).isEmpty() && isName(name)
        ? Optional.of(google(last(project), last(zone), name))
        : Optional.empty();
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && !DIGITS.matcher(text).matches();
  }

  private static String google(String project, String zone, String name) {
    return "//compute.googleapis.com/projects/%s/zones/%s/instances/%s"
        .formatted(project, zone, name)
        .toLowerCase(Locale.ROOT);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
