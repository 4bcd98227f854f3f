package costlake.deliver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server (RFC 5321) for tests, which can be set to give wrong replies or none. */
final class SmtpServer implements AutoCloseable {
  /** The steps of the protocol at which a test can set the reply. */
  enum Step {
    GREETING,
    MAIL,
    RCPT,
    DATA,
    END
  }

  /** Closes the connection instead of answering. */
  static final String DROP = "DROP";

  /** Accepts the message and closes the connection without a reply. */
  static final String TAKE_AND_DROP = "TAKE_AND_DROP";

  /** Sends no reply and keeps the connection open. */
  static final String SILENCE = "SILENCE";

  /** Reads a part of the message and closes the connection. */
  static final String DROP_IN_DATA = "DROP_IN_DATA";

  /** A message that the server received. */
  record Received(List<String> recipients, String text, boolean encrypted, String user) {
    String header(String name) {
      return text.lines()
          .takeWhile(l -> !l.isEmpty())
          .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(l -> l.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }
  }

  private final ServerSocket listening;
  private final SSLContext tls;
  private final boolean tlsFromTheStart;
  private final String credentials;
  private final Map<Step, Deque<String>> script = new EnumMap<>(Step.class);
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

  private SmtpServer(SSLContext tls, boolean tlsFromTheStart, String user, String password)
      throws IOException {
    this.tls = tls;
    this.tlsFromTheStart = tlsFromTheStart;
    this.credentials = user == null ? null : "\0" + user + "\0" + password;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "smtp");
    thread.setDaemon(true);
    thread.start();
  }

  static SmtpServer plain() throws IOException {
    return new SmtpServer(null, false, null, null);
  }

  static SmtpServer plain(String user, String password) throws IOException {
    return new SmtpServer(null, false, user, password);
  }

  static SmtpServer startTls(SSLContext tls, String user, String password) throws IOException {
    return new SmtpServer(tls, false, user, password);
  }

  static SmtpServer tls(SSLContext tls, String user, String password) throws IOException {
    return new SmtpServer(tls, true, user, password);
  }

  int port() {
    return listening.getLocalPort();
  }

  List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** Sets the next replies at a step, in order. After them the server replies as usual. */
  SmtpServer answers(Step step, String... replies) {
    script.computeIfAbsent(step, s -> new ArrayDeque<>()).addAll(List.of(replies));
    return this;
  }

  private synchronized String reply(Step step, String usual) {
    Deque<String> replies = script.get(step);
    return replies == null || replies.isEmpty() ? usual : replies.poll();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "smtp-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (Socket whole = tlsFromTheStart ? secured(socket) : socket) {
      new Dialogue(whole, tlsFromTheStart).run();
    } catch (IOException | Gone e) {
      // Some tests break the connection on purpose.
    }
  }

  private Socket secured(Socket socket) throws IOException {
    SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    synchronized (open) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final class Dialogue {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final boolean encrypted;
    private String user;
    private final List<String> recipients = new ArrayList<>();

    Dialogue(Socket socket, boolean encrypted) throws IOException {
      this.socket = socket;
      this.encrypted = encrypted;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      this.out = socket.getOutputStream();
    }

    void run() throws IOException {
      answer(reply(Step.GREETING, "220 localhost ESMTP"));
      commands();
    }

    private void commands() throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("EHLO") || command.startsWith("HELO")) {
          greet();
        } else if (command.equals("STARTTLS")) {
          answer("220 go ahead");
          try (Socket secure = secured(socket)) {
            new Dialogue(secure, true).commands();
          }
          return;
        } else if (command.startsWith("AUTH PLAIN")) {
          authenticate(line.length() > 11 ? line.substring(11) : challenge());
        } else if (command.startsWith("MAIL FROM:")) {
          recipients.clear();
          answer(reply(Step.MAIL, mayMail() ? "250 sender ok" : "530 authentication required"));
        } else if (command.startsWith("RCPT TO:")) {
          recipient(line);
        } else if (command.equals("DATA")) {
          data();
        } else if (command.equals("QUIT")) {
          answer("221 bye");
          return;
        } else {
          answer("250 ok");
        }
      }
    }

    private boolean mayMail() {
      return credentials == null || user != null;
    }

    private void greet() throws IOException {
      List<String> lines = new ArrayList<>(List.of("localhost"));
      if (tls != null && !encrypted) {
        lines.add("STARTTLS");
      }
      if (credentials != null && (encrypted || tls == null)) {
        lines.add("AUTH PLAIN");
      }
      for (int i = 0; i < lines.size(); i++) {
        answer("250" + (i < lines.size() - 1 ? "-" : " ") + lines.get(i));
      }
    }

    private String challenge() throws IOException {
      answer("334 ");
      return in.readLine();
    }

    private void authenticate(String response) throws IOException {
      String given = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
      String withoutRole = given.substring(given.indexOf(0));
      if (withoutRole.equals(credentials)) {
        user = withoutRole.substring(1, withoutRole.indexOf(0, 1));
        answer("235 welcome");
      } else {
        answer("535 5.7.8 bad credentials");
      }
    }

    private void recipient(String line) throws IOException {
      String reply = reply(Step.RCPT, "250 recipient ok");
      if (reply.startsWith("2")) {
        recipients.add(line.replaceFirst(".*<(.*)>.*", "$1"));
      }
      answer(reply);
    }

    private void data() throws IOException {
      String go = reply(Step.DATA, "354 end with a dot");
      if (go.equals(DROP_IN_DATA)) {
        answer("354 end with a dot");
        in.readLine();
        throw gone();
      }
      answer(go);
      if (!go.startsWith("3")) {
        return;
      }
      StringBuilder text = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) {
          throw new Gone();
        }
        text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      String reply = reply(Step.END, "250 taken");
      if (reply.startsWith("2") || reply.equals(TAKE_AND_DROP)) {
        received.add(new Received(List.copyOf(recipients), text.toString(), encrypted, user));
      }
      answer(reply);
    }

    private void answer(String reply) throws IOException {
      if (reply.equals(DROP) || reply.equals(TAKE_AND_DROP)) {
        throw gone();
      }
      if (reply.equals(SILENCE)) {
        in.readLine();
        throw gone();
      }
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      if (reply.startsWith("421")) {
        throw gone();
      }
    }

    private Gone gone() throws IOException {
      socket.close();
      return new Gone();
    }
  }
}
