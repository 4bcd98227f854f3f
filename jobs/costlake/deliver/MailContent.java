package costlake.deliver;

import java.nio.ByteBuffer;

/**
 * The content of one mail.
 *
 * @param language language tag of the texts, e.g. {@code de}
 * @param fileName name of the attachment, in ASCII
 */
record MailContent(
    String language, String subject, String text, String html, String fileName, ByteBuffer pdf) {
  MailContent {
    pdf = pdf.asReadOnlyBuffer();
  }

  byte[] attachment() {
    byte[] bytes = new byte[pdf.capacity()];
    pdf.duplicate().rewind().get(bytes);
    return bytes;
  }

  /**
   * Returns the checksum of the subject, the texts and the PDF. It does not depend on the time of
   * sending.
   */
  String sha256() {
    return Digests.sha256(
        Digests.bytes(subject), Digests.bytes(text), Digests.bytes(html), attachment());
  }
}
