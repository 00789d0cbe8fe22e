import 'dart:async';

import 'package:flutter_test/flutter_test.dart';
import 'package:http/http.dart' as http;
import 'package:http/testing.dart';
import 'package:postengine_agent/contract/agent_api.dart';
import 'package:postengine_agent/contract/errors.dart';
import 'package:postengine_agent/contract/json.dart';
import 'package:postengine_agent/contract/task.dart';
import 'package:postengine_agent/contract/task_parts.dart';
import 'package:postengine_agent/phone/media_cache.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';

final TaskAsset asset = Task.fromJson(Json(taskJson())).assets.single;

/// Breaks the connection after half of the file, as often as `breaks` says.
AgentApi breaking({required int breaks, List<String?>? ranges}) {
  var left = breaks;
  final half = film.length ~/ 2;
  Stream<List<int>> some(int from) async* {
    yield film.sublist(from, from == 0 ? half : film.length);
    if (left-- > 0) {
      throw http.ClientException('the connection broke');
    }
    yield film.sublist(from == 0 ? half : film.length);
  }

  return AgentApi(
    MockClient.streaming((request, _) async {
      ranges?.add(request.headers['Range']);
      final goesOn = request.headers.containsKey('Range');
      return http.StreamedResponse(some(goesOn ? half : 0), goesOn ? 206 : 200);
    }),
    service: service,
  );
}

void main() {
  late MediaCache media;

  setUp(() {
    final handset = Handset(FakeService());
    addTearDown(handset.delete);
    media = handset.stores.media;
  });

  test('a file is fetched, checked, and found again without a network', () async {
    await media.fetch(breaking(breaks: 0), asset);

    expect(media.has(asset), isTrue);
    expect(media.fileOf(asset).readAsBytesSync(), film);
  });

  test('a download that broke goes on where it stopped', () async {
    final ranges = <String?>[];

    await media.fetch(breaking(breaks: 1, ranges: ranges), asset);

    expect(ranges, [null, 'bytes=${film.length ~/ 2}-']);
    expect(media.fileOf(asset).readAsBytesSync(), film);
  });

  test('a network that breaks again and again leaves nothing behind', () async {
    await expectLater(media.fetch(breaking(breaks: 9), asset), throwsA(isA<Unreachable>()));

    expect(media.directory.listSync(), isEmpty);
  });

  test('another file than the promised one is thrown away', () async {
    final other = FakeService()..file = [1, 2, 3];
    final api = AgentApi(other.client, service: service, token: 'secret');

    await expectLater(media.fetch(api, asset), throwsA(isA<NotThePromisedFile>()));

    expect(media.directory.listSync(), isEmpty);
  });

  test('files of no task are deleted', () async {
    await media.fetch(breaking(breaks: 0), asset);

    media.keepOnly([]);

    expect(media.has(asset), isFalse);
  });
}
