package costlake.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings for sending statements by mail. */
public record MailConfig(
    @Required @Description("How mail is sent: none, smtp or ses.") Transport transport,
    @Description("Address of the sender. Empty: company.contact.") @Nullable String from,
    @Description(
            "If set, every mail goes to this address instead of the recipients in"
                + " owners.yml, e.g. for a trial, or to one person who forwards the mails.")
        @Nullable String sendAllTo,
    @Description(
            "Address at which the pages that 'costlake site' writes are published, e.g."
                + " https://costs.example.com. If set, mails link each action to its line.")
        @Nullable String site,
    @Required @Description("Seconds to wait for each reply of the mail server.") int timeoutS,
    @Required @Description("Maximum number of attempts to send a mail in one run.") int attemptsMax,
    @Required
        @Description(
            "Seconds to wait before the second attempt. The wait doubles before each"
                + " further attempt.")
        int backoffS,
    @Required @Description("The SMTP server.") Smtp smtp,
    @Required @Description("Amazon SES, API version 2.") Ses ses) {
  public MailConfig {
    if (sendAllTo != null) {
      MailAddress.check(sendAllTo);
    }
    if (from != null) {
      MailAddress.check(from);
    }
    if (site != null && !site.matches("https?://[^\\s?#]+")) {
      throw new IllegalArgumentException(
          "site '" + site + "' is no address such as https://costs.example.com");
    }
    between("timeout_s", timeoutS, 1, 600);
    between("attempts_max", attemptsMax, 1, 10);
    between("backoff_s", backoffS, 0, 600);
    if (transport == Transport.SMTP && smtp.host() == null) {
      throw new IllegalArgumentException("transport smtp needs smtp.host");
    }
    if (transport == Transport.SES && ses.region() == null) {
      throw new IllegalArgumentException("transport ses needs ses.region");
    }
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " " + value + " is not between " + least + " and " + most);
    }
  }

  /** How mail is sent. */
  public enum Transport {
    NONE,
    SMTP,
    SES
  }

  /** How the connection to the mail server is protected. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** The SMTP server. */
  public record Smtp(
      @Description("Name of the server.") @Nullable String host,
      @Description("Port. Empty: 587 with starttls, 465 with tls, 25 with none.")
          @Nullable Integer port,
      @Required
          @Description(
              "Protection of the connection. starttls and tls require a valid certificate."
                  + " Use none only for a server on the same machine or in the same network.")
          Security security,
      @Description("User name. Empty: no authentication.") @Nullable String user,
      @Description("Password, as ${NAME} or ${file:NAME}.") @Nullable String password,
      @Description(
              "PEM file with the certificate of the authority that signed the certificate of"
                  + " the server. Needed only if Java does not trust this authority.")
          @Nullable String caFile) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    public Smtp {
      if (user != null && password == null) {
        throw new IllegalArgumentException("user needs a password");
      }
      if (user != null && security == Security.NONE && !THIS_MACHINE.contains(host)) {
        throw new IllegalArgumentException(
            "security none would send the password unencrypted: use starttls or tls");
      }
    }

    /** Returns the configured port or, if there is none, the usual port for the security. */
    public int portOrUsual() {
      if (port != null) {
        return port;
      }
      return switch (security) {
        case STARTTLS -> 587;
        case TLS -> 465;
        case NONE -> 25;
      };
    }
  }

  /** Settings for Amazon SES. Credentials come from the usual places of the AWS SDK. */
  public record Ses(
      @Description("Region, e.g. eu-central-1.") @Nullable String region,
      @Description("Address of the service. Empty: the address of Amazon.")
          @Nullable String endpoint,
      @Description(
              "Configuration set of Amazon SES that publishes events about deliveries and"
                  + " bounces.")
          @Nullable String configurationSet) {}
}
