/// Every address of the agent API that the app calls.
library;

/// A method and a path below `/agent/v1/`; `{id}` stands for the id of a task.
class Endpoint {
  const Endpoint(this.method, this.path);

  final String method;
  final String path;

  /// The whole address on a service, whose own address has no path.
  Uri on(Uri service, {String id = '', Map<String, String>? query}) {
    final filled = path.replaceFirst('{id}', Uri.encodeComponent(id));
    return service.resolve('/agent/v1/$filled').replace(queryParameters: query);
  }
}

/// The files of a task have no entry here: each comes with its own, signed address.
abstract final class Endpoints {
  static const pair = Endpoint('POST', 'pair');
  static const me = Endpoint('GET', 'me');
  static const putPush = Endpoint('PUT', 'device/push');
  static const testPush = Endpoint('POST', 'device/test');
  static const deleteDevice = Endpoint('DELETE', 'device');
  static const listTasks = Endpoint('GET', 'tasks');
  static const showTask = Endpoint('GET', 'tasks/{id}');
  static const postEvent = Endpoint('POST', 'tasks/{id}/events');
  static const postBatch = Endpoint('POST', 'events:batch');
}
