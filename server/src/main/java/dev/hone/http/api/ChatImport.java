package dev.hone.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.port.Carried;
import dev.hone.wire.ChatRecord;
import java.util.List;

/** Takes the records of a log of chats. */
record ChatImport(Batch batch, ObjectMapper json, ChatLog log) {

  void take(byte[] body) {
    batch.each(
        body,
        json,
        (line, number) -> {
          List<Carried.Recording> conversation = log.conversation(ChatRecord.read(line));
          if (!conversation.isEmpty()) {
            batch.take(conversation);
          }
        });
  }
}
