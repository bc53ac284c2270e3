// Asks a server with @grpc/grpc-js and the definition of the protocol given; says in JSON what it was told.
// node client.mjs ADDRESS TOKEN PROTO REQUEST
import {readFileSync} from 'node:fs';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const [address, token, proto, requestFile] = process.argv.slice(2);
const definition = protoLoader.loadSync(proto, {keepCase: true, longs: Number, defaults: true});
const {GRPCInferenceService} = grpc.loadPackageDefinition(definition).inference;
const client = new GRPCInferenceService(address, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();
metadata.add('authorization', `Bearer ${token}`);

const call = (name, request, headers = metadata, options = {}) =>
  new Promise((resolve, reject) =>
    client[name](request, headers, options, (error, answer) => (error ? reject(error) : resolve(answer))));
const refused = async promise => {
  try {
    await promise;
    return 'answered';
  } catch (error) {
    return {code: error.code, details: error.details};
  }
};

const request = JSON.parse(readFileSync(requestFile, 'utf8'));
for (const input of request.inputs) {
  const bytes = input.contents.bytes_contents;
  if (bytes) input.contents.bytes_contents = bytes.map(text => Buffer.from(text, 'utf8'));
}
const answer = await call('ModelInfer', request);
const texts = {};
for (const output of answer.outputs) {
  texts[output.name] = output.datatype === 'BYTES'
    ? output.contents.bytes_contents.map(bytes => bytes.toString('utf8'))
    : output.contents.fp64_contents;
}
const compressed = await call('ModelInfer', request, metadata, {});
console.log(JSON.stringify({
  live: (await call('ServerLive', {}, new grpc.Metadata())).live,
  ready: (await call('ServerReady', {}, new grpc.Metadata())).ready,
  server: await call('ServerMetadata', {}),
  modelReady: (await call('ModelReady', {name: request.model_name})).ready,
  model: await call('ModelMetadata', {name: request.model_name}),
  id: answer.id,
  version: answer.model_version,
  outputs: texts,
  again: compressed.model_version,
  unknown: await refused(call('ModelInfer', {...request, model_name: 'mortgage'})),
  nobody: await refused(call('ModelInfer', request, new grpc.Metadata())),
}));
client.close();
