package costlake.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of mail. */
public record MailConfig(
    @Required @Description("How mail is sent: none, smtp or ses.") Transport transport,
    @Description("Sender. Empty: company.contact.") @Nullable String from,
    @Description(
            "Send everything to this address instead of the recipients in owners.yml: for a"
                + " trial, or for one person who forwards it.")
        @Nullable String sendAllTo,
    @Required @Description("Seconds to wait for each answer of the mail server.") int timeoutS,
    @Required @Description("How often one run tries to send a mail.") int attemptsMax,
    @Required @Description("Seconds before the second attempt; they double with each further one.")
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

  /** The way mail is sent. */
  public enum Transport {
    NONE,
    SMTP,
    SES
  }

  /** Protection of the connection. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** An SMTP server. */
  public record Smtp(
      @Description("Name of the server.") @Nullable String host,
      @Description("Port. Empty: 587 with starttls, 465 with tls, 25 with none.")
          @Nullable Integer port,
      @Required
          @Description(
              "starttls and tls require a valid certificate; none is for a server on the same"
                  + " machine or in the same network.")
          Security security,
      @Description("User. Empty: no authentication.") @Nullable String user,
      @Description("Password, as ${NAME} or ${file:NAME}.") @Nullable String password,
      @Description(
              "PEM file of the authority that signed the certificate, if Java does not trust it.")
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

    /** The port given, or the usual one. */
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

  /** Amazon SES; credentials come from where the AWS SDK looks for them. */
  public record Ses(
      @Description("Region, e.g. eu-central-1.") @Nullable String region,
      @Description("Address of the service, if it is not Amazon's own.") @Nullable String endpoint,
      @Description("Configuration set whose events report deliveries and bounces.")
          @Nullable String configurationSet) {}
}
