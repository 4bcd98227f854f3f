package costlake.core;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes the key by which the nodes of Kubernetes are joined with the charges for their machines.
 * The key of a machine is unique among all customers of the provider. The machines of a scale set
 * share one key. docs/telemetry.md lists the ids that are read. An id that does not identify a
 * single machine has no key.
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

  /** Computes the key of a machine from the provider id of its Kubernetes node. */
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
   * Computes the key of the machine that a charge is for, from FOCUS columns of the charge. An
   * empty text stands for null.
   *
   * @param resourceName ResourceName; the name of the machine if a Google bill has a number as its
   *     id
   * @param account SubAccountId; in Google bills, the project
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

  /**
   * Computes the key of an Azure id. Azure ids ignore case. Azure bills a machine of a scale set
   * under the id of the set or under the id of the machine, so the key is always the id of the set.
   */
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

  /**
   * Computes the key of a Google machine. Kubernetes has the name of the machine, but not its
   * numeric id, so the key contains the name.
   */
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
