package costlake.deliver;

import costlake.config.MailConfig;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.outbox.Transport;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails by SMTP, with one connection for each mail. If the server refuses one recipient, no
 * recipient gets the mail. If the connection breaks after the end of the data was sent and before
 * the server replied (RFC 5321, 4.2.5), the outcome is unknown.
 */
final class SmtpTransport implements Transport<OutgoingMail> {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpTransport.class);
  private static final int TEMPORARY = 400;
  private static final int PERMANENT = 500;

  private final MailConfig config;
  private final Session session;

  SmtpTransport(MailConfig config) {
    this.config = config;
    this.session = Session.getInstance(properties(config));
  }

  private static Properties properties(MailConfig config) {
    MailConfig.Smtp smtp = config.smtp();
    String timeoutMs = Long.toString(config.timeoutS() * 1000L);
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", timeoutMs);
    properties.put("mail.smtp.timeout", timeoutMs);
    properties.put("mail.smtp.writetimeout", timeoutMs);
    properties.put("mail.smtp.sendpartial", "false");
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.auth", Boolean.toString(smtp.user() != null));
    boolean startTls = smtp.security() == MailConfig.Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.put(
        "mail.smtp.ssl.enable", Boolean.toString(smtp.security() == MailConfig.Security.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (smtp.caFile() != null) {
      properties.put("mail.smtp.ssl.socketFactory", socketsThatTrust(Path.of(smtp.caFile())));
    }
    return properties;
  }

  private static SSLSocketFactory socketsThatTrust(Path authority) {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int i = 0;
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + i++, c);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw Failure.operator(
          e,
          "Cannot read certificates from mail.smtp.ca_file %s: %s",
          authority,
          FileErrors.why(e));
    }
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public Answer handOver(OutgoingMail mail) {
    MailConfig.Smtp smtp = config.smtp();
    Connection connection = new Connection(session, smtp);
    try {
      connection.connect(smtp.host(), smtp.portOrUsual(), smtp.user(), smtp.password());
      connection.connected = true;
      connection.sendMessage(mail.message(), addresses(mail.recipients()));
      return new Accepted(null);
    } catch (AuthenticationFailedException e) {
      return code(e, connection) < PERMANENT
          ? new Unreachable(reason(e))
          : new SenderRefused("the server refuses user " + smtp.user() + ": " + reason(e));
    } catch (MessagingException e) {
      return answer(e, connection);
    } finally {
      connection.leave();
    }
  }

  private static Address[] addresses(List<String> recipients) throws MessagingException {
    Address[] addresses = new Address[recipients.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new InternetAddress(recipients.get(i), true);
    }
    return addresses;
  }

  private static Answer answer(MessagingException e, Connection connection) {
    if (connection.taken) {
      return new Accepted(null);
    }
    if (!connection.connected) {
      return new Unreachable(reason(e));
    }
    int code = code(e, connection);
    if (connection.endSent && code < TEMPORARY) {
      return new OutcomeUnknown("the connection broke before the server answered: " + reason(e));
    }
    if (code < PERMANENT) {
      return new TemporarilyRefused(reason(e));
    }
    return isAboutSender(e)
        ? new SenderRefused("the server refuses the sender: " + reason(e))
        : new Refused(reason(e));
  }

  /** Returns the highest reply code of the server in a failure; 0 if there is no reply code. */
  private static int code(MessagingException e, Connection connection) {
    int code = Math.max(0, connection.getLastReturnCode());
    for (Exception x = e; x != null; x = next(x)) {
      if (x instanceof SMTPAddressFailedException refused) {
        code = Math.max(code, refused.getReturnCode());
      } else if (x instanceof SMTPSenderFailedException refused) {
        code = Math.max(code, refused.getReturnCode());
      } else if (x instanceof SMTPSendFailedException refused) {
        code = Math.max(code, refused.getReturnCode());
      }
    }
    return code;
  }

  private static boolean isAboutSender(MessagingException e) {
    for (Exception x = e; x != null; x = next(x)) {
      if (x instanceof SMTPSenderFailedException) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException m ? m.getNextException() : null;
  }

  private static String reason(MessagingException e) {
    Exception innermost = e;
    for (Exception x = e; x != null; x = next(x)) {
      innermost = x;
    }
    return String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
  }

  /** A connection that records which steps of sending a mail are complete. */
  private static final class Connection extends SMTPTransport {
    private boolean connected;
    private boolean endSent;
    private boolean taken;

    Connection(Session session, MailConfig.Smtp smtp) {
      super(session, new URLName("smtp", smtp.host(), smtp.portOrUsual(), null, null, null));
    }

    /** Sends QUIT. If this fails, the earlier replies of the server remain valid. */
    void leave() {
      try {
        close();
      } catch (MessagingException e) {
        LOG.debug("The mail server closed the connection too early", e);
      }
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
      endSent = true;
      super.finishData();
      taken = true;
    }
  }
}
