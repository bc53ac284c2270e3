"""Asks a server with Debian's python3-grpcio; says in JSON what it was told.

python3 client.py ADDRESS TOKEN DESCRIPTOR REQUEST

DESCRIPTOR is a serialized FileDescriptorProto of the protocol, REQUEST a serialized ModelInferRequest.
"""

import json
import struct
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def classes(path):
    definition = descriptor_pb2.FileDescriptorProto()
    with open(path, "rb") as file:
        definition.ParseFromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    pool.Add(definition)
    factory = message_factory.MessageFactory(pool)
    names = [message.name for message in definition.message_type]
    return {name: factory.GetPrototype(pool.FindMessageTypeByName("inference." + name)) for name in names}


def main(address, token, descriptor, request_file):
    known = classes(descriptor)
    metadata = (("authorization", "Bearer " + token),)
    with grpc.insecure_channel(address) as channel:

        def call(name, request, headers=metadata, **options):
            stub = channel.unary_unary(
                "/inference.GRPCInferenceService/" + name,
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=known[name + "Response"].FromString,
            )
            return stub(request, metadata=headers, timeout=20, **options)

        def refused(name, request, headers=metadata):
            try:
                call(name, request, headers)
                return "answered"
            except grpc.RpcError as error:
                return {"code": error.code().name, "details": error.details()}

        request = known["ModelInferRequest"]()
        with open(request_file, "rb") as file:
            request.ParseFromString(file.read())
        answer = call("ModelInfer", request)
        packed = call("ModelInfer", request, compression=grpc.Compression.Gzip)

        raw = known["ModelInferRequest"]()
        raw.CopyFrom(request)
        for tensor in raw.inputs:
            if tensor.datatype == "FP64":
                values = list(tensor.contents.fp64_contents)
                raw.raw_input_contents.append(struct.pack("<%dd" % len(values), *values))
            else:
                raw.raw_input_contents.append(
                    b"".join(struct.pack("<I", len(each)) + each for each in tensor.contents.bytes_contents)
                )
            tensor.ClearField("contents")
        answered_raw = call("ModelInfer", raw)

        unknown = known["ModelInferRequest"]()
        unknown.CopyFrom(request)
        unknown.model_name = "mortgage"
        score = answer.outputs[0]
        print(
            json.dumps(
                {
                    "live": call("ServerLive", known["ServerLiveRequest"](), ()).live,
                    "ready": call("ServerReady", known["ServerReadyRequest"](), ()).ready,
                    "server": call("ServerMetadata", known["ServerMetadataRequest"]()).name,
                    "modelReady": call("ModelReady", known["ModelReadyRequest"](name=request.model_name)).ready,
                    "inputs": len(call("ModelMetadata", known["ModelMetadataRequest"](name=request.model_name)).inputs),
                    "version": answer.model_version,
                    "scores": list(score.contents.fp64_contents),
                    "packed": list(packed.outputs[0].contents.fp64_contents),
                    "raw": list(struct.unpack("<%dd" % score.shape[0], answered_raw.raw_output_contents[0])),
                    "unknown": refused("ModelInfer", unknown),
                    "nobody": refused("ModelInfer", request, ()),
                }
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
