package costlake.deliver;

import java.nio.ByteBuffer;

/**
 * The content of one mail.
 *
 * @param language tag of the language of the texts
 * @param fileName of the attachment, ASCII
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

  /** An id of the content; equal content has the same id, whenever it is sent. */
  String sha256() {
    return Digests.sha256(
        Digests.bytes(subject), Digests.bytes(text), Digests.bytes(html), attachment());
  }
}
