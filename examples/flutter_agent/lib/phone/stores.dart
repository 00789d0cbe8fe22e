/// All that the phone keeps, in two folders of its own.
library;

import 'dart:io';

import 'folder.dart';
import 'marks.dart';
import 'media_cache.dart';
import 'outbox.dart';
import 'session.dart';
import 'task_store.dart';

export 'marks.dart';
export 'media_cache.dart';
export 'session.dart';

class Stores {
  Stores._(this.sessions, this.marks, this.tasks, this.outbox, this.media);

  /// Args: what must last goes below `kept`, what can be fetched again below `cache`.
  factory Stores.below({required Directory kept, required Directory cache}) {
    Folder folder(String name) => Folder(Directory('${kept.path}/$name'));
    final own = folder('phone');
    return Stores._(
      SessionStore(own),
      Marks(own),
      TaskStore(folder('tasks')),
      Outbox(folder('outbox')),
      // The name is also in android/app/src/main/res/xml/file_paths.xml.
      MediaCache(Directory('${cache.path}/media')),
    );
  }

  final SessionStore sessions;
  final Marks marks;
  final TaskStore tasks;
  final Outbox outbox;
  final MediaCache media;

  void clear() {
    sessions.clear();
    marks.clear();
    tasks.clear();
    outbox.clear();
    media.clear();
  }
}
